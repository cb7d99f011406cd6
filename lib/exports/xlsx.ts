import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { Cell, ColumnKind, Heading } from './model'

/** Of a sheet, the heading among them (ECMA-376, part 1, 18.3.1.73; Excel's own limits). */
const MOST_ROWS = 1_048_576
const MOST_CHARACTERS = 32_767
/** Beyond, Excel would round: such a number stands as text. */
const MOST_EXACT = 999_999_999_999_999n

/** Styles by their place in `cellXfs` below. */
const STYLES: Record<ColumnKind, number> = { text: 0, word: 0, flag: 0, number: 2, day: 3, moment: 4 }
const HEADING_STYLE = 1
const WIDTHS: Record<ColumnKind, number> = { text: 24, word: 20, flag: 10, number: 16, day: 12, moment: 20 }

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

const STYLE_SHEET = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`

/**
 * A table as a workbook (ECMA-376), sheet after sheet where one is not enough: its XML is written row by row into a zip
 * archive that is sent while it is made. Texts are marked as such, so that none is run as a formula.
 * @param name of the sheet
 * @param mostRows of a sheet, the heading among them
 * @returns a stream that asks for a batch when it has room; ended early, it asks for no more
 */
export function toXlsx(name: string, headings: readonly Heading[], batches: AsyncIterable<Cell[][]>, mostRows = MOST_ROWS): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream
  if (!(output instanceof Readable)) throw new Error('the archive is no stream')
  zip.on('error', (error) => output.destroy(error instanceof Error ? error : new Error(String(error))))
  writeParts(zip, output, { name, headings, rows: rowsOf(batches), mostRows }).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return output
}

interface Table {
  name: string
  headings: readonly Heading[]
  rows: AsyncGenerator<Cell[], void>
  mostRows: number
}

async function writeParts(zip: ZipFile, output: Readable, { name, headings, rows, mostRows }: Table): Promise<void> {
  const sheets: string[] = []
  try {
    for (let next = await rows.next(); sheets.length === 0 || !next.done;) {
      sheets.push(sheets.length === 0 ? name : `${name} ${sheets.length + 1}`)
      const sheet = Readable.from(
        sheetPieces(headings, mostRows, async () => {
          if (next.done) return null
          const row = next.value
          next = await rows.next()
          return row
        }),
        { objectMode: false },
      )
      const stop = () => sheet.destroy()
      if (output.destroyed) stop()
      output.once('close', stop)
      zip.addReadStream(sheet, `xl/worksheets/sheet${sheets.length}.xml`)
      await finished(sheet)
      output.off('close', stop)
    }
  } finally {
    // Whoever went asks for no more rows.
    await rows.return()
  }
  for (const [path, text] of Object.entries(packageParts(sheets))) zip.addBuffer(Buffer.from(text), path)
  zip.end()
}

async function* rowsOf(batches: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[], void> {
  for await (const rows of batches) yield* rows
}

async function* sheetPieces(headings: readonly Heading[], mostRows: number, take: () => Promise<Cell[] | null>): AsyncGenerator<Buffer> {
  const width = headings.map(({ kind }, index) => `<col min="${index + 1}" max="${index + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`)
  let xml = `${XML}<worksheet xmlns="${MAIN}">${PANE}<cols>${width.join('')}</cols><sheetData>`
  xml += `<row>${headings.map(({ text }) => textCell(text, HEADING_STYLE)).join('')}</row>`
  for (let count = 1; count < mostRows; count++) {
    const row = await take()
    if (row === null) break
    xml += `<row>${row.map((cell, index) => cellOf(cell, headings[index]?.kind ?? 'text')).join('')}</row>`
    if (xml.length < PIECE) continue
    yield Buffer.from(xml)
    xml = ''
  }
  yield Buffer.from(`${xml}</sheetData></worksheet>`)
}

/** Keeps the heading in sight. */
const PANE =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'

/** Characters that are handed on at once. */
const PIECE = 65_536

function cellOf(cell: Cell, kind: ColumnKind): string {
  if (cell === null || cell === '') return '<c/>'
  if (typeof cell === 'bigint')
    return cell > MOST_EXACT || cell < -MOST_EXACT ? textCell(String(cell), 0) : `<c s="${STYLES.number}"><v>${cell}</v></c>`
  const serial = kind === 'day' || kind === 'moment' ? serialOf(cell) : null
  return serial === null ? textCell(cell, STYLES[kind]) : `<c s="${STYLES[kind]}"><v>${serial}</v></c>`
}

const textCell = (text: string, style: number): string =>
  `<c t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What XML has no room for is left out, and so is what no cell holds. */
const escaped = (text: string): string =>
  text
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    // XML 1.0, 2.2: these are no characters of it.
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>]/g, (sign) => SIGNS[sign] ?? '')

const DAY_MS = 86_400_000
/** Day nought of Excel's count, which believes in a 29 February 1900. */
const BEGIN_MS = Date.UTC(1899, 11, 30)

/** Days since Excel's count began, as digits; null where it is no such day, "2026-11-23" or "2026-11-23 10:00:00". */
function serialOf(text: string): string | null {
  const ms = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`)
  const days = (ms - BEGIN_MS) / DAY_MS
  return days > 60 ? String(Number(days.toFixed(8))) : null
}

function packageParts(sheets: readonly string[]): Record<string, string> {
  const each = (part: (number: number, name: string) => string) => sheets.map((name, index) => part(index + 1, name)).join('')
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const styles = sheets.length + 1
  return {
    'xl/styles.xml': STYLE_SHEET,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${each((number, name) => `<sheet name="${sheetName(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${styles}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${type}.worksheet+xml"/>`)}</Types>`,
  }
}

/** No sheet may be named with more than 31 characters, or with any of these. */
const sheetName = (name: string): string => escaped(name.replace(/[[\]:*?/\\"]/g, ' ').slice(0, 31))
