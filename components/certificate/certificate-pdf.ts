import PDFDocument from 'pdfkit'
import { create } from 'qrcode'
import { band } from '@/components/weave/band'
import { DAY_DYES } from '@/components/weave/drawn'
import type { Certificate } from '@/lib/certificates/model'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { englishWords, vietnameseWords } from '@/lib/money/words'
import { formatDay, startOfDay } from '@/lib/time/day'
import { addFaces, writeLines, type Weight } from './text-lines'

type Paper = InstanceType<typeof PDFDocument>

/** A4, in points. */
const [WIDTH, HEIGHT] = [595.28, 841.89]
const CELL = 3.2
const INK = '#1c2550'
const QUIET = '#565c78'
const MADDER = '#a3232c'
const QR_SIZE = 92
/** More than these have no room above the QR; the gift's page has them all. */
const MOST_ITEMS = 6

/**
 * A certificate of thanks as an A4 PDF, in the cloth of the commune that the gift went to. The same content gives the
 * same bytes.
 * @param link the whole address of the gift's page
 * @param read the bytes of one file of the face
 */
export async function certificatePdf(
  certificate: Certificate,
  { link, isSample, read }: { link: string; isSample: boolean; read: (part: string, weight: Weight) => Buffer },
): Promise<Buffer<ArrayBuffer>> {
  const { locale, code, name, amountVnd, items, campaign, commune, fund, day } = certificate
  const t = translator(locale, 'certificate')
  const title = `${t('title')} ${code}`
  const paper = new PDFDocument({
    ...{ size: 'A4', margin: 0, lang: locale, displayTitle: true, pdfVersion: '1.7' },
    info: { Title: title, Author: fund, CreationDate: startOfDay(day), ModDate: startOfDay(day) },
  })
  const bytes = collect(paper)
  addFaces(paper, read)
  const cloth = drawBand(paper, commune.seed)
  const middle = { x: WIDTH / 2, width: WIDTH - 130, isCentred: true }
  const write = (text: string, y: number, size: number, weight: Weight = 400, colour = INK) =>
    writeLines(paper, text, { ...middle, y }, { size, weight, colour })
  let y = cloth + 62
  y = write(fund, y, 12, 600, QUIET) + 22
  y = write(t('title'), y + 22, 38, 600) + 8
  y = write(t('thanks'), y, 13, 400, QUIET) + 18
  y = write(name, y + 8, name.length > 36 ? 22 : 28, 600, MADDER) + 4
  if (amountVnd !== null) {
    y = write(t('gave'), y, 13, 400, QUIET) + 14
    y = write(formatVnd(amountVnd, locale), y + 6, 26, 600) - 6
    const words = locale === 'vi' ? vietnameseWords(amountVnd) : englishWords(amountVnd)
    y = write(`(${t('words', { words: words.charAt(0).toUpperCase() + words.slice(1) })})`, y, 12, 400, QUIET) + 16
  } else {
    y = write(t('gaveGoods'), y, 13, 400, QUIET) + 10
    const size = items.length > 3 ? 11 : 16
    for (const { units, unit, item } of items.slice(0, MOST_ITEMS))
      y = write(t('item', { units: formatCount(units, locale), unit, item }), y, size, 600)
    if (items.length > MOST_ITEMS) y = write(t('more', { count: items.length - MOST_ITEMS }), y, size, 400, QUIET)
    y += 14
  }
  const came = formatDay(day)
  y = write(t(campaign === null ? 'forPot' : 'for'), y, 13, 400, QUIET)
  y = write(campaign ?? fund, y + 4, 17, 600) + 2
  y = write(
    commune.fullName === null ? t('receivedOn', { day: came }) : t('received', { commune: commune.fullName, day: came }),
    ...([y, 12.5, 400, QUIET] as const),
  )

  const foot = HEIGHT - cloth - 150
  drawQr(paper, link, 65, foot)
  const beside = { x: 65 + QR_SIZE + 20, width: WIDTH - 65 * 2 - QR_SIZE - 20 }
  let low = writeLines(paper, code, { ...beside, y: foot + 14 }, { size: 15, weight: 600, colour: INK })
  low = writeLines(paper, t('follow'), { ...beside, y: low }, { size: 10, weight: 400, colour: QUIET })
  low = writeLines(paper, link, { ...beside, y: low }, { size: 10, weight: 400, colour: INK })
  writeLines(paper, t('note'), { ...beside, y: low + 3 }, { size: 9, weight: 400, colour: QUIET })
  if (isSample) writeLines(paper, t('sample'), { ...middle, y: cloth + 28 }, { size: 11, weight: 600, colour: MADDER })
  paper.end()
  return bytes
}

const collect = (paper: Paper): Promise<Buffer<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    paper.on('data', (part: Buffer) => parts.push(part))
    paper.on('end', () => {
      resolve(Buffer.from(Buffer.concat(parts)))
    })
    paper.on('error', reject)
  })

/** The commune's band at head and foot, a figure of it in the middle. @returns how high it is */
function drawBand(paper: Paper, seed: string): number {
  const { rows, at } = band(seed)
  const height = rows * CELL
  const across = Math.ceil(WIDTH / CELL / 2) + 1
  for (const top of [0, HEIGHT - height]) {
    paper.rect(0, top, WIDTH, height).fill(DAY_DYES.threads.ground)
    for (let y = 0; y < rows; y += 1) {
      for (let x = -across; x <= across;) {
        const thread = at(x, y)
        let end = x + 1
        while (end <= across && at(end, y) === thread) end += 1
        if (thread !== 'ground')
          paper.rect(WIDTH / 2 + (x - 0.5) * CELL, top + y * CELL, (end - x) * CELL, CELL * 0.94).fill(DAY_DYES.threads[thread])
        x = end
      }
    }
  }
  return height
}

/** The address of the gift's page, as a square to be scanned. */
function drawQr(paper: Paper, text: string, left: number, top: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const cell = QR_SIZE / modules.size
  for (let y = 0; y < modules.size; y += 1)
    for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x)) paper.rect(left + x * cell, top + y * cell, cell, cell)
  paper.fill(INK)
}
