import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { Cell, Heading } from './model'

/** What Excel needs to read letters as UTF-8. */
const BOM = '\ufeff'

/**
 * A table as CSV (RFC 4180) in UTF-8: whole numbers as plain digits, days and moments as ISO 8601 writes them. A text
 * that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection).
 * @returns a stream that asks for a batch when it has room; ended early, it asks for no more
 */
export function toCsv(headings: readonly Heading[], batches: AsyncIterable<Cell[][]>): Readable {
  const written = (rows: readonly Cell[][]): string =>
    stringify([...rows], { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ })
  async function* pieces(): AsyncGenerator<Buffer> {
    yield Buffer.from(BOM + written([headings.map(({ text }) => text)]))
    for await (const rows of batches) yield Buffer.from(written(rows))
  }
  // Counted in bytes, so that a reader who is slow holds back more than one batch at a time.
  return Readable.from(pieces(), { objectMode: false })
}
