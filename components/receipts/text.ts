import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatForeign } from '@/lib/money/currency'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { englishWords, vietnameseWords } from '@/lib/money/words'
import type { Given, PaperHead, ReceiptView } from '@/lib/receipts/model'

/** One row of a paper. */
export interface PaperRow {
  key: string
  label: string
  value: string
  /** What the paper is about. */
  isBig?: boolean
}

/** Number of a receipt, as it is written. */
export const receiptNumber = (number: bigint, locale: Locale): string => formatCount(number, locale)

/** What was given, in a few words. */
export const givenText = (given: Given, locale: Locale): string =>
  given.kind === 'money'
    ? formatVnd(given.amountVnd, locale)
    : translator(locale, 'receipts')('units', { units: formatCount(given.units, locale), unit: given.unit, item: given.item })

/** A sum in words, as receipts have it. */
export function wordsText(amountVnd: bigint, locale: Locale): string {
  const words = locale === 'vi' ? vietnameseWords(amountVnd) : englishWords(amountVnd)
  return translator(locale, 'receipts')('wordsOf', { words: words.charAt(0).toUpperCase() + words.slice(1) })
}

/** Who gave, and what for: what all papers of a code say. */
export function headRows({ locale, name, isCompany, taxCode, code, campaign, commune, fund }: PaperHead): PaperRow[] {
  const t = translator(locale, 'receipts')
  return [
    { key: 'name', label: t(isCompany ? 'rows.company' : 'rows.name'), value: name },
    ...(taxCode === null ? [] : [{ key: 'taxCode', label: t('rows.taxCode'), value: taxCode }]),
    { key: 'code', label: t('rows.code'), value: code },
    {
      key: 'for',
      label: t('rows.for'),
      value: forText(campaign, commune) ?? t('forPot', { fund: fund.name }),
    },
  ]
}

/** Most campaigns name their commune themselves. */
const forText = (campaign: PaperHead['campaign'], commune: string | null): string | null =>
  campaign &&
  (commune === null || campaign.title.toLowerCase().includes(commune.toLowerCase()) ? campaign.title : `${campaign.title}, ${commune}`)

/** All rows of a receipt. */
export function receiptRows(receipt: ReceiptView): PaperRow[] {
  const { locale, line, officeNumber } = receipt
  const { given, number } = line
  const t = translator(locale, 'receipts')
  const isMoney = given.kind === 'money'
  return [
    ...headRows(receipt),
    { key: 'given', label: t(isMoney ? 'rows.amount' : 'rows.units'), value: givenText(given, locale), isBig: true },
    ...(isMoney ? [{ key: 'words', label: t('rows.words'), value: wordsText(given.amountVnd, locale) }] : []),
    { key: 'via', label: t('rows.via'), value: viaText(given, officeNumber, locale) },
    ...(isMoney && given.returnedVnd > 0n
      ? [{ key: 'returned', label: t('rows.returned'), value: formatVnd(given.returnedVnd, locale) }]
      : []),
    { key: 'entry', label: t('rows.entry'), value: t('entry', { number: receiptNumber(number, locale) }) },
  ]
}

function viaText(given: Given, officeNumber: string | null, locale: Locale): string {
  const t = translator(locale, 'receipts')
  if (given.kind === 'goods') return t('via.goods')
  if (given.via === 'cash' && officeNumber !== null) return t('viaCash', { number: officeNumber })
  if (given.charged === null) return t(`via.${given.via}`)
  return t('viaCharged', { charged: formatForeign(given.charged.amountMinor, given.charged.currency, locale) })
}
