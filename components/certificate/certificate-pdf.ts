import { drawBand, drawQr, HEIGHT, INK, MADDER, makePaper, QUIET, WIDTH, type Paper, type ReadFace } from '@/components/paper/paper'
import { drawPart, type Part } from '@/components/paper/tags'
import { writeLines, type Style, type Weight } from '@/components/paper/text-lines'
import type { Certificate } from '@/lib/certificates/model'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { englishWords, vietnameseWords } from '@/lib/money/words'
import { formatDay } from '@/lib/time/day'

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
  { link, isSample, read }: { link: string; isSample: boolean; read: ReadFace },
): Promise<Buffer<ArrayBuffer>> {
  const { locale, code, fund, day } = certificate
  const title = `${translator(locale, 'certificate')('title')} ${code}`
  return makePaper({ locale, title, author: fund, day, read }, (paper, whole) => {
    drawCertificate(paper, whole, certificate, { link, isSample })
  })
}

function drawCertificate(
  paper: Paper,
  whole: Part,
  certificate: Certificate,
  { link, isSample }: { link: string; isSample: boolean },
): void {
  const { locale, code, name, amountVnd, items, campaign, commune, fund, day } = certificate
  const t = translator(locale, 'certificate')
  const cloth = drawBand(paper, commune.seed, ['head', 'foot'])
  const middle = { x: WIDTH / 2, width: WIDTH - 130, isCentred: true }
  const say = (text: string, at: Parameters<typeof writeLines>[2], style: Style, tag: 'P' | 'H1' = 'P') =>
    drawPart(paper, whole, tag, () => writeLines(paper, text, at, style))
  const write = (text: string, y: number, size: number, weight: Weight = 400, colour = INK, tag: 'P' | 'H1' = 'P') =>
    say(text, { ...middle, y }, { size, weight, colour }, tag)
  if (isSample) write(t('sample'), cloth + 28, 11, 600, MADDER)
  let y = cloth + 62
  y = write(fund, y, 12, 600, QUIET) + 22
  y = write(t('title'), y + 22, 38, 600, INK, 'H1') + 8
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
  drawQr(paper, whole, { text: link, alt: `${t('follow')} ${link}`, left: 65, top: foot, size: QR_SIZE })
  const beside = { x: 65 + QR_SIZE + 20, width: WIDTH - 65 * 2 - QR_SIZE - 20 }
  let low = say(code, { ...beside, y: foot + 14 }, { size: 15, weight: 600, colour: INK })
  low = say(t('follow'), { ...beside, y: low }, { size: 10, weight: 400, colour: QUIET })
  low = say(link, { ...beside, y: low }, { size: 10, weight: 400, colour: INK })
  say(t('note'), { ...beside, y: low + 3 }, { size: 9, weight: 400, colour: QUIET })
}
