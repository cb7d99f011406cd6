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
import { writeLines, type Weight } from '@/components/paper/text-lines'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { PAPER_MARK, type PaperHead, type ReceiptView, type StatementProofs, type YearStatement } from '@/lib/receipts/model'
import { formatDay } from '@/lib/time/day'
import { givenText, headRows, receiptNumber, receiptRows, wordsText, type PaperRow } from './text'

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

/** A receipt as an A4 PDF, with its proof inside, before it is sealed. The same content gives the same bytes. */
export function receiptPdf(receipt: ReceiptView, wish: Wish): Promise<Buffer<ArrayBuffer>> {
  const { locale, fund, line } = receipt
  const t = translator(locale, 'receipts')
  const number = receiptNumber(line.number, locale)
  return makePaper(
    {
      ...{ locale, title: t('pageTitle', { number }), author: fund.name, day: line.day, read: wish.read },
      mark: PAPER_MARK,
      attachments: attachmentsOf(receipt, { ...receipt, lines: [line] }),
    },
    (paper) => {
      let y = drawHead(paper, receipt, {
        title: t('title'),
        under: t('day', { day: formatDay(line.day) }),
        number,
        isSample: wish.isSample,
      })
      for (const row of receiptRows(receipt)) y = drawRow(paper, row, y)
      drawFoot(paper, receipt, wish)
    },
  )
}

/** The statement of a year, likewise. */
export function statementPdf(statement: YearStatement, proofs: StatementProofs, wish: Wish): Promise<Buffer<ArrayBuffer>> {
  const { locale, fund, year, lines, totalVnd, returnedVnd } = statement
  const t = translator(locale, 'receipts')
  const title = t('statement.title', { year: String(year) })
  const last = lines.at(-1)
  if (!last) throw new Error('a statement of nothing')
  const isMoney = lines.some(({ given }) => given.kind === 'money')
  return makePaper(
    {
      ...{ locale, title: `${title} ${statement.code}`, author: fund.name, day: last.day, read: wish.read },
      mark: PAPER_MARK,
      attachments: attachmentsOf(statement, proofs),
    },
    (paper) => {
      const under = t('statement.lead', { count: lines.length, year: String(year) })
      let y = drawHead(paper, statement, { title, under, number: null, isSample: wish.isSample })
      const rows = [
        ...headRows(statement),
        ...(isMoney
          ? [
              { key: 'total', label: t('statement.total'), value: formatVnd(totalVnd, locale), isBig: true },
              { key: 'words', label: t('rows.words'), value: wordsText(totalVnd, locale) },
            ]
          : []),
        ...(returnedVnd > 0n ? [{ key: 'returned', label: t('rows.returned'), value: formatVnd(returnedVnd, locale) }] : []),
      ]
      for (const row of rows) y = drawRow(paper, row, y)
      y = drawLines(paper, statement, y + 14)
      if (y > HEIGHT - 190) paper.addPage({ size: 'A4', margin: 0 })
      drawFoot(paper, statement, wish)
    },
  )
}

const write = (paper: Paper, text: string, at: { x: number; y: number; width: number }, size: number, weight: Weight = 400, colour = INK) =>
  writeLines(paper, text, at, { size, weight, colour })

/** Band, fund and title. @returns where the rows begin */
function drawHead(
  paper: Paper,
  { locale, fund, seed }: PaperHead,
  { title, under, number, isSample }: { title: string; under: string; number: string | null; isSample: boolean },
): number {
  const t = translator(locale, 'receipts')
  let y = drawBand(paper, seed, ['head']) + 40
  if (isSample) y = write(paper, t('sample'), { x: LEFT, y, width: ROOM }, 10, 600, MADDER) + 12
  const half = ROOM - 110
  if (number !== null)
    writeLines(
      paper,
      t('number', { number }),
      { x: LEFT + ROOM - 45, y, width: 110, isCentred: true },
      { size: 12, weight: 600, colour: INK },
    )
  y = write(paper, fund.name, { x: LEFT, y, width: half }, 13, 600)
  y = write(paper, t('serves', { place: fund.place }), { x: LEFT, y, width: half }, 10, 400, QUIET)
  if (fund.plans.length > 0) y = write(paper, t('plans', { plans: fund.plans.join(', ') }), { x: LEFT, y, width: half }, 10, 400, QUIET)
  const middle = { x: WIDTH / 2, width: ROOM, isCentred: true }
  y = writeLines(paper, title, { ...middle, y: y + 34 }, { size: 26, weight: 600, colour: INK })
  return writeLines(paper, under, { ...middle, y: y - 6 }, { size: 11.5, weight: 400, colour: QUIET }) + 18
}

function drawRow(paper: Paper, { label, value, isBig }: PaperRow, y: number): number {
  write(paper, label, { x: LEFT, y, width: LABEL - 8 }, 11, 400, QUIET)
  const end = write(paper, value, { x: LEFT + LABEL, y: isBig ? y + 6 : y, width: ROOM - LABEL }, isBig ? 19 : 11.5, isBig ? 600 : 400)
  const line = end - (isBig ? 15 : 8)
  paper
    .moveTo(LEFT, line)
    .lineTo(LEFT + ROOM, line)
    .lineWidth(0.4)
    .strokeColor('#c9c6bb')
    .stroke()
  return line + 18
}

/** The gifts of a year, each on a line; on as many pages as they need. @returns where they end */
function drawLines(paper: Paper, { locale, lines }: YearStatement, from: number): number {
  const t = translator(locale, 'receipts')
  const columns = [LEFT, LEFT + 90, LEFT + 180] as const
  const row = (cells: readonly [string, string, string], y: number, weight: Weight, colour = INK) =>
    Math.max(
      ...cells.map((text, index) => {
        const x = columns[index] ?? LEFT
        return write(paper, text, { x, y, width: (columns[index + 1] ?? LEFT + ROOM) - x - 8 }, 10.5, weight, colour)
      }),
    )
  const head = (y: number) => row([t('statement.number'), t('statement.day'), t('statement.what')], y, 400, QUIET) + 2
  let y = head(from)
  for (const { number, day, given } of lines) {
    if (y > HEIGHT - 70) {
      paper.addPage({ size: 'A4', margin: 0 })
      y = head(70)
    }
    const back = given.kind === 'money' && given.returnedVnd > 0n
    const what = givenText(given, locale)
    const said = back ? `${what} (${t('statement.returned')}: ${formatVnd(given.returnedVnd, locale)})` : what
    y = row([receiptNumber(number, locale), formatDay(day), said], y, 400) + 1
  }
  return y
}

/** How the paper is checked, and what it is not. */
function drawFoot(paper: Paper, { locale }: PaperHead, { link }: Wish): void {
  const t = translator(locale, 'receipts')
  const top = HEIGHT - 172
  drawQr(paper, link, { left: LEFT, top, size: QR_SIZE })
  const beside = { x: LEFT + QR_SIZE + 18, width: ROOM - QR_SIZE - 18 }
  let y = write(paper, t('check'), { ...beside, y: top + 11 }, 13, 600)
  y = write(paper, t('checkText'), { ...beside, y }, 9.5, 400, QUIET)
  y = write(paper, link, { ...beside, y }, 9.5, 400)
  write(paper, t('note'), { x: LEFT, y: Math.max(y, top + QR_SIZE) + 16, width: ROOM }, 9, 400, QUIET)
}

/** The proofs, what is printed to be held against them, and for the donor what opens the commitment to the name. */
function attachmentsOf({ locale }: PaperHead, { lines, opening, printed }: StatementProofs): Attachment[] {
  const t = translator(locale, 'receipts')
  return [
    ...lines.flatMap(({ number, entry }): Attachment[] =>
      entry === null
        ? []
        : [
            {
              ...{ name: `${number}.tlog-proof`, type: 'text/plain', text: entry.proof },
              description: t('attachment', { number: receiptNumber(number, locale) }),
            },
          ],
    ),
    { name: 'printed.json', type: 'application/json', description: t('printedAttachment'), text: printed },
    ...(opening === null
      ? []
      : [
          {
            ...{ name: 'name.json', type: 'application/json', description: t('openingAttachment') },
            text: `${JSON.stringify({ opens: 'tung-dong/name/v1', salt: opening.salt, text: opening.text })}\n`,
          },
        ]),
  ]
}
