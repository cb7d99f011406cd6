import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { BOUNDS, RefusedFile, type SheetRow } from './model'
import { decodeText, delimiterOf, encodingOf, type Parts } from './text'

const SAMPLE_CHARACTERS = 64 * 1024

/**
 * Reads a .csv row by row, in memory that does not grow with it.
 * @throws RefusedFile where it is no .csv, or is beyond its bounds
 */
export async function* readCsv(parts: Parts): AsyncGenerator<SheetRow> {
  const pieces = decodeText(parts, await encodingOf(parts))
  const sample: string[] = []
  let size = 0
  while (size < SAMPLE_CHARACTERS) {
    const next = await pieces.next()
    if (next.done) break
    sample.push(next.value)
    size += next.value.length
  }
  const start = sample.join('')
  if (/^\s*</.test(start)) throw new RefusedFile({ code: 'markup' })
  const parser = parse({
    delimiter: delimiterOf(start.slice(0, SAMPLE_CHARACTERS)),
    ...{ bom: true, relax_column_count: true, relax_quotes: true },
    max_record_size: BOUNDS.columns * BOUNDS.cellCharacters,
  })
  const source = Readable.from(concatenate(start, pieces), { objectMode: false, highWaterMark: 64 * 1024 })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let rows = 0
  try {
    // Empty rows are rows too: people find a row by its number in Excel.
    for await (const record of parser) {
      rows += 1
      if (rows > BOUNDS.csvRows) throw new RefusedFile({ code: 'too_many_rows', row: rows })
      if (!isRecord(record)) throw new Error('a row of a .csv is a list of texts')
      yield rowOf(record, rows)
    }
  } catch (error) {
    throw error instanceof CsvError ? new RefusedFile({ code: 'damaged', row: Number(error['records'] ?? rows) + 1 }) : error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

async function* concatenate(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}

function rowOf(record: readonly string[], number: number): SheetRow {
  const long = record.find((text) => text.length > BOUNDS.cellCharacters)
  if (long !== undefined) throw new RefusedFile({ code: 'cell_too_long', row: number })
  return { sheet: null, number, cells: record.map((text) => (text === '' ? null : { kind: 'text', text })) }
}

const isRecord = (record: unknown): record is string[] => Array.isArray(record) && record.every((text) => typeof text === 'string')
