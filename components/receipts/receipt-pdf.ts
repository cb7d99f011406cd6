import {
  drawBand,
  drawQr,
  HEIGHT,
  INK,
  MADDER,
  makePaper,
  QUIET,
  WIDTH,
  type Attachment,
  type Paper,
  type ReadFace,
} from '@/components/paper/paper'
import { drawArtifact, drawPart, openPart, type Part } from '@/components/paper/tags'
import { writeLines, type Weight } from '@/components/paper/text-lines'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { PAPER_MARK, type GiverHead, type ReceiptView, type StatementProofs, type YearStatement } from '@/lib/receipts/model'
import { formatDay } from '@/lib/time/day'
import {
  fundLines,
  givenText,
  isJoint,
  leadOf,
  lineFor,
  notesOf,
  qrOf,
  qrRest,
  receiptNumber,
  receiptRows,
  statementRows,
  type PaperRow,
} from './text'

interface Wish {
  /** The whole address where the paper is checked. */
  link: string
  isSample: boolean
  read: ReadFace
}

const LEFT = 62
const ROOM = WIDTH - 2 * LEFT
const LABEL = 118
const QR_SIZE = 88
/** How high the foot of a paper is; where its link names many entries and takes more than one line, it is higher. */
const [FOOT, HIGH_FOOT, ONE_LINE] = [172, 212, 66]

/** A receipt as an A4 PDF, with its proof inside, before it is sealed. The same content gives the same bytes. */
export function receiptPdf(receipt: ReceiptView, wish: Wish): Promise<Buffer<ArrayBuffer>> {
  const { locale, fund, line } = receipt
  const t = translator(locale, 'receipts')
  const number = receiptNumber(line.number)
  return makePaper(
    {
      ...{ locale, title: t('pageTitle', { number }), author: fund.name, day: line.day, read: wish.read },
      mark: PAPER_MARK,
      attachments: attachmentsOf(locale, { ...receipt, lines: [line], openings: receipt.opening ? [receipt.opening] : [] }),
    },
    (paper, whole) => {
      const y = drawHead(paper, whole, receipt, {
        title: t('title'),
        under: t('day', { day: formatDay(line.day) }),
        number,
        isSample: wish.isSample,
      })
      drawRows(paper, whole, receiptRows(receipt), y)
      drawFoot(paper, whole, { ...wish, locale, height: FOOT, qr: t('qr', { number }), rest: null })
    },
  )
}

/** The statement of a year, likewise. */
export function statementPdf(statement: YearStatement, proofs: StatementProofs, wish: Wish): Promise<Buffer<ArrayBuffer>> {
  const { locale, fund, year, lines } = statement
  const t = translator(locale, 'receipts')
  const title = t('statement.title', { year: String(year) })
  const [first, last] = [lines[0], lines.at(-1)]
  if (!first || !last) throw new Error('a statement of nothing')
  return makePaper(
    {
      ...{ locale, title: isJoint(statement) ? title : `${title} ${first.code}`, author: fund.name, day: last.day, read: wish.read },
      mark: PAPER_MARK,
      attachments: attachmentsOf(locale, proofs),
    },
    (paper, whole) => {
      let y = drawHead(paper, whole, statement, { title, under: leadOf(statement), number: null, isSample: wish.isSample })
      y = drawRows(paper, whole, statementRows(statement), y)
      y = drawLines(paper, whole, statement, y + 14)
      const rest = qrRest(statement)
      const height = rest === null && wish.link.length <= ONE_LINE ? FOOT : HIGH_FOOT
      if (y > HEIGHT - height - 18) paper.addPage({ size: 'A4', margin: 0 })
      drawFoot(paper, whole, { ...wish, locale, height, qr: qrOf(statement), rest })
    },
  )
}

interface At {
  x: number
  y: number
  width: number
  isCentred?: boolean
  isFlushRight?: boolean
}

const write = (paper: Paper, text: string, at: At, size: number, weight: Weight = 400, colour = INK) =>
  writeLines(paper, text, at, { size, weight, colour })

/** Band, fund and title. @returns where the rows begin */
function drawHead(
  paper: Paper,
  whole: Part,
  { locale, fund, seed }: GiverHead,
  { title, under, number, isSample }: { title: string; under: string; number: string | null; isSample: boolean },
): number {
  const t = translator(locale, 'receipts')
  const say = (tag: 'P' | 'H1', text: string, at: At, size: number, weight?: Weight, colour?: string) =>
    drawPart(paper, whole, tag, () => write(paper, text, at, size, weight, colour))
  let y = drawBand(paper, seed, ['head']) + 40
  if (isSample) y = say('P', t('sample'), { x: LEFT, y, width: ROOM }, 10, 600, MADDER) + 12
  const half = ROOM - 110
  if (number !== null) say('P', t('number', { number }), { x: LEFT + ROOM, y, width: 110, isFlushRight: true }, 12, 600)
  y = say('P', fund.name, { x: LEFT, y, width: half }, 13, 600)
  for (const fact of fundLines(fund, locale)) y = say('P', fact, { x: LEFT, y, width: half }, 10, 400, QUIET)
  const middle = { x: WIDTH / 2, width: ROOM, isCentred: true }
  y = say('H1', title, { ...middle, y: y + 34 }, 26, 600)
  return say('P', under, { ...middle, y: y - 6 }, 11.5, 400, QUIET) + 18
}

/** What the paper says, row by row: a list of what each is and what it says. @returns where they end */
function drawRows(paper: Paper, whole: Part, rows: readonly PaperRow[], from: number): number {
  const list = openPart(paper, whole, 'L')
  return rows.reduce((y, row) => drawRow(paper, list, row, y), from)
}

function drawRow(paper: Paper, list: Part, { label, value, isBig, lang }: PaperRow, y: number): number {
  const item = openPart(paper, list, 'LI')
  drawPart(paper, item, 'Lbl', () => write(paper, label, { x: LEFT, y, width: LABEL - 8 }, 11, 400, QUIET))
  const at = { x: LEFT + LABEL, y: isBig ? y + 6 : y, width: ROOM - LABEL }
  const said = () => write(paper, value, at, isBig ? 19 : 11.5, isBig ? 600 : 400)
  const end = drawPart(paper, item, 'LBody', said, lang === undefined ? {} : { lang })
  const line = end - (isBig ? 15 : 8)
  drawArtifact(paper, () => {
    paper
      .moveTo(LEFT, line)
      .lineTo(LEFT + ROOM, line)
      .lineWidth(0.4)
      .strokeColor('#c9c6bb')
      .stroke()
  })
  return line + 18
}

/** The gifts of a year, each on a line; on as many pages as they need. @returns where they end */
function drawLines(paper: Paper, whole: Part, statement: YearStatement, from: number): number {
  const { locale, lines } = statement
  const t = translator(locale, 'receipts')
  const ofSeveral = isJoint(statement)
  // Where each line says what it was for it may be five high.
  const [lowest, gap, size] = ofSeveral ? [HEIGHT - 120, 5, 10] : [HEIGHT - 70, 1, 10.5]
  const columns = ofSeveral ? [LEFT, LEFT + 64, LEFT + 132, LEFT + 214, LEFT + 356] : [LEFT, LEFT + 90, LEFT + 180]
  const table = openPart(paper, whole, 'Table')
  const row = (tag: 'TH' | 'TD', cells: readonly string[], y: number, colour = INK) => {
    const part = openPart(paper, table, 'TR')
    return Math.max(
      ...cells.map((text, index) => {
        const x = columns[index] ?? LEFT
        const at = { x, y, width: (columns[index + 1] ?? LEFT + ROOM) - x - 8 }
        return drawPart(paper, part, tag, () => write(paper, text, at, size, 400, colour), tag === 'TH' ? { scope: 'Column' } : {})
      }),
    )
  }
  const between = ofSeveral ? [t('rows.code'), t('rows.for')] : []
  const heads = [t('statement.number'), t('statement.day'), ...between, t('statement.what')]
  let y = row('TH', heads, from, QUIET) + 2
  for (const line of lines) {
    const { number, day, given, code } = line
    if (y > lowest) {
      paper.addPage({ size: 'A4', margin: 0 })
      y = row('TH', heads, 70, QUIET) + 2
    }
    const notes = notesOf(given, locale)
    const said = `${givenText(given, locale)}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
    y = row('TD', [receiptNumber(number), formatDay(day), ...(ofSeveral ? [code, lineFor(statement, line)] : []), said], y) + gap
  }
  return y
}

/** How the paper is checked, and what it is not. */
function drawFoot(
  paper: Paper,
  whole: Part,
  { link, locale, height, qr, rest }: { link: string; locale: Locale; height: number; qr: string; rest: string | null },
): void {
  const t = translator(locale, 'receipts')
  const top = HEIGHT - height
  const say = (text: string, at: At, size: number, weight?: Weight, colour?: string) =>
    drawPart(paper, whole, 'P', () => write(paper, text, at, size, weight, colour))
  drawQr(paper, whole, { text: link, alt: `${qr}: ${link}`, left: LEFT, top, size: QR_SIZE })
  const beside = { x: LEFT + QR_SIZE + 18, width: ROOM - QR_SIZE - 18 }
  let y = say(t('check'), { ...beside, y: top + 11 }, 13, 600)
  y = say(t('checkText'), { ...beside, y }, 9.5, 400, QUIET)
  y = say(link, { ...beside, y }, 9.5)
  if (rest !== null) y = say(rest, { ...beside, y }, 9.5, 400, QUIET)
  say(t('note'), { x: LEFT, y: Math.max(y, top + QR_SIZE) + 16, width: ROOM }, 9, 400, QUIET)
}

/** The proofs, what is printed to be held against them, and for the donor what opens each commitment to the name. */
function attachmentsOf(locale: Locale, { lines, openings, printed }: StatementProofs): Attachment[] {
  const t = translator(locale, 'receipts')
  return [
    ...lines.flatMap(({ number, entry }): Attachment[] =>
      entry === null
        ? []
        : [
            {
              ...{ name: `${number}.tlog-proof`, type: 'text/plain', text: entry.proof },
              description: t('attachment', { number: receiptNumber(number) }),
            },
          ],
    ),
    { name: 'printed.json', type: 'application/json', description: t('printedAttachment'), text: printed },
    ...openings.map(({ salt, text }, index) => ({
      ...{ name: index === 0 ? 'name.json' : `name-${index + 1}.json`, type: 'application/json', description: t('openingAttachment') },
      text: `${JSON.stringify({ opens: 'tung-dong/name/v1', salt, text })}\n`,
    })),
  ]
}
