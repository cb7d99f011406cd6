import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { Cell, Heading } from './model'

/** What Excel needs to read letters as UTF-8. */
const BOM = '\ufeff'

const written = (rows: readonly Cell[][]): Buffer =>
  Buffer.from(stringify([...rows], { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ }))

/** How a table begins as CSV: the names of its columns. */
export const csvHead = (headings: readonly Heading[]): Buffer =>
  Buffer.concat([Buffer.from(BOM), written([headings.map(({ text }) => text)])])

/**
 * Rows of a table as CSV (RFC 4180) in UTF-8, batch by batch: whole numbers as plain digits, days and moments as ISO 8601
 * writes them. A text that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection).
 */
export async function* csvRows(batches: AsyncIterable<Cell[][]>): AsyncGenerator<Buffer> {
  for await (const rows of batches) yield written(rows)
}

/**
 * A table as CSV.
 * @returns a stream that asks for a batch when it has room; ended early, it asks for no more
 */
export function toCsv(headings: readonly Heading[], batches: AsyncIterable<Cell[][]>): Readable {
  async function* pieces(): AsyncGenerator<Buffer> {
    yield csvHead(headings)
    yield* csvRows(batches)
  }
  // Counted in bytes, so that a reader who is slow holds back more than one batch at a time.
  return Readable.from(pieces(), { objectMode: false })
}
