import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatForeign } from '@/lib/money/currency'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { englishWords, vietnameseWords } from '@/lib/money/words'
import {
  MOST_LOOKED_UP,
  type Given,
  type GivenView,
  type GiverHead,
  type PaperHead,
  type Purpose,
  type ReceiptView,
  type StatedLine,
  type YearStatement,
} from '@/lib/receipts/model'

/** One row of a paper. */
export interface PaperRow {
  key: string
  label: string
  value: string
  /** What the paper is about. */
  isBig?: boolean
  /** Where it is in another language than the paper. */
  lang?: Locale
}

/** Number of a receipt, as it is written: it names an entry and is no amount, so its digits stand together. */
export const receiptNumber = (number: bigint): string => String(number)

/** What a paper says of the fund below its name. */
export function fundLines({ place, plans, particulars }: GiverHead['fund'], locale: Locale): string[] {
  const t = translator(locale, 'receipts')
  const { address, phone, email, taxCode } = particulars
  const reached = [...(phone === null ? [] : [t('fund.phone', { phone })]), ...(email === null ? [] : [t('fund.email', { email })])]
  return [
    t('serves', { place }),
    ...(plans.length > 0 ? [t('plans', { plans: plans.join(', ') })] : []),
    ...(address === null ? [] : [t('fund.address', { address })]),
    ...(reached.length === 0 ? [] : [reached.join(' · ')]),
    ...(taxCode === null ? [] : [t('fund.taxCode', { taxCode })]),
  ]
}

/** What was given, in a few words. */
export const givenText = (given: Given, locale: Locale): string =>
  given.kind === 'money'
    ? formatVnd(given.amountVnd, locale)
    : translator(locale, 'receipts')('units', { units: formatCount(given.units, locale), unit: given.unit, item: given.item })

/** What else a line of a statement says of a gift. */
export function notesOf(given: Given, locale: Locale): string[] {
  if (given.kind === 'goods') return []
  const t = translator(locale, 'receipts')
  return [
    ...(given.isStated ? [] : [t('statement.notStated')]),
    ...(given.returnedVnd > 0n ? [`${t('statement.returned')}: ${formatVnd(given.returnedVnd, locale)}`] : []),
  ]
}

/** A sum in words, as receipts have it: in Vietnamese on every paper, since that is what counts here. */
function wordRows(amountVnd: bigint, locale: Locale): PaperRow[] {
  const t = translator(locale, 'receipts')
  const said = (words: string) => t('wordsOf', { words: words.charAt(0).toUpperCase() + words.slice(1) })
  const vietnamese = said(vietnameseWords(amountVnd))
  if (locale === 'vi') return [{ key: 'words', label: t('rows.words'), value: vietnamese }]
  return [
    { key: 'words', label: t('rows.words'), value: said(englishWords(amountVnd)) },
    { key: 'wordsVi', label: t('rows.wordsVi'), value: vietnamese, lang: 'vi' },
  ]
}

/** What of a gift stands in no entry of the log, as this site knows it: to be held against a paper. */
export function besideRows(given: GivenView): PaperRow[] {
  const { locale, line } = given
  const t = translator(locale, 'receipts')
  const shown = headRows(given).filter(({ key }) => key !== 'code')
  const ofMoney = line.given.kind === 'money' ? returnedRows(line.given, locale) : []
  return [
    ...shown,
    ...(line.given.kind === 'goods' ? [{ key: 'given', label: t('rows.units'), value: givenText(line.given, locale) }] : []),
    ...ofMoney,
  ]
}

const returnedRows = ({ returnedVnd }: Extract<Given, { kind: 'money' }>, locale: Locale): PaperRow[] =>
  returnedVnd > 0n
    ? [{ key: 'returned', label: translator(locale, 'receipts')('rows.returned'), value: formatVnd(returnedVnd, locale) }]
    : []

/** Who gave, and what for: what all papers of a code say. */
const headRows = (head: PaperHead): PaperRow[] => [...giverRows(head), ...purposeRows(head, head)]

function giverRows({ locale, name, isCompany, taxCode }: GiverHead): PaperRow[] {
  const t = translator(locale, 'receipts')
  return [
    { key: 'name', label: t(isCompany ? 'rows.company' : 'rows.name'), value: name },
    ...(taxCode === null ? [] : [{ key: 'taxCode', label: t('rows.taxCode'), value: taxCode }]),
  ]
}

function purposeRows(purpose: Purpose, head: GiverHead): PaperRow[] {
  const t = translator(head.locale, 'receipts')
  return [
    { key: 'code', label: t('rows.code'), value: purpose.code },
    { key: 'for', label: t('rows.for'), value: forText(purpose, head) },
  ]
}

/** What a code's gifts are for. Most campaigns name their commune themselves. */
function forText({ campaign, commune }: Purpose, { fund, locale }: GiverHead): string {
  if (campaign === null) return translator(locale, 'receipts')('forPot', { fund: fund.name })
  const isNamed = commune === null || campaign.title.toLowerCase().includes(commune.toLowerCase())
  return isNamed ? campaign.title : `${campaign.title}, ${commune}`
}

/** Whether a statement has several codes, so that each line says its own. */
export const isJoint = ({ purposes }: YearStatement): boolean => purposes.length > 1

/** What the gift of a line is for, where it stands on the line. */
export function lineFor(statement: YearStatement, { code }: StatedLine): string {
  const purpose = statement.purposes.find((one) => one.code === code)
  return purpose ? forText(purpose, statement) : ''
}

/** How many gifts of how many codes, and how these came together. */
export function leadOf(statement: YearStatement): string {
  const { locale, lines, purposes, year } = statement
  const counts = { count: lines.length, codes: purposes.length, year: String(year) }
  return translator(locale, 'receipts')(isJoint(statement) ? 'statement.leadJoint' : 'statement.lead', counts)
}

/** What the QR code of a statement leads to: all of its one code, else its entries, or the first of them. */
export function qrOf({ locale, purposes: [first, ...others], lines }: YearStatement): string {
  const t = translator(locale, 'receipts')
  if (first && others.length === 0) return t('qrCode', { code: first.code })
  return t('qrEntries', { count: String(Math.min(lines.length, MOST_LOOKED_UP)) })
}

/** That a QR code does not lead to all that a statement lists; null where it does. */
export const qrRest = (statement: YearStatement): string | null =>
  isJoint(statement) && statement.lines.length > MOST_LOOKED_UP
    ? translator(statement.locale, 'receipts')('qrRest', { most: String(MOST_LOOKED_UP) })
    : null

/** Who gave, and how much in all: what a statement of a year says above its lines. */
export function statementRows(statement: YearStatement): PaperRow[] {
  const { locale, lines, totalVnd, returnedVnd } = statement
  const t = translator(locale, 'receipts')
  const isMoney = lines.some(({ given }) => given.kind === 'money')
  return [
    ...giverRows(statement),
    ...(isJoint(statement) ? [] : statement.purposes.flatMap((purpose) => purposeRows(purpose, statement))),
    ...(isMoney ? [{ key: 'total', label: t('statement.total'), value: formatVnd(totalVnd, locale), isBig: true }] : []),
    ...(isMoney ? wordRows(totalVnd, locale) : []),
    ...(returnedVnd > 0n ? [{ key: 'returned', label: t('rows.returned'), value: formatVnd(returnedVnd, locale) }] : []),
  ]
}

/** All rows of a receipt. */
export function receiptRows(receipt: ReceiptView): PaperRow[] {
  const { locale, line, officeNumber } = receipt
  const { given, number } = line
  const t = translator(locale, 'receipts')
  const isMoney = given.kind === 'money'
  return [
    ...headRows(receipt),
    { key: 'given', label: t(isMoney ? 'rows.amount' : 'rows.units'), value: givenText(given, locale), isBig: true },
    ...(isMoney ? wordRows(given.amountVnd, locale) : []),
    { key: 'via', label: t('rows.via'), value: viaText(given, officeNumber, locale) },
    ...(isMoney ? returnedRows(given, locale) : []),
    { key: 'entry', label: t('rows.entry'), value: t('entry', { number: receiptNumber(number) }) },
  ]
}

function viaText(given: Given, officeNumber: string | null, locale: Locale): string {
  const t = translator(locale, 'receipts')
  if (given.kind === 'goods') return t('via.goods')
  if (given.via === 'cash' && officeNumber !== null) return t('viaCash', { number: officeNumber })
  if (!given.isStated) return t('viaNotStated', { via: t(`via.${given.via}`) })
  if (given.charged === null) return t(`via.${given.via}`)
  return t('viaCharged', { charged: formatForeign(given.charged.amountMinor, given.charged.currency, locale) })
}
