import { isObject, readObject, textOf, type EntryFacts } from './entry-facts'
import type { GiftLine, PaperHead } from './model'

/*
 * Letters on a page of a PDF are outlines that no checker reads. So each paper has, beside its proofs, a file of what it prints
 * as far as the log knows it, too. It is sealed with the page, and whoever checks holds it against each entry, field by field.
 */

/** How that file begins: it lies in a paper as it is. */
export const PRINTED = '{"prints":"tung-dong/printed/v1"'

/** What an entry says of a gift: a paper must print all of it. */
const ALWAYS = ['day', 'amountVnd', 'units', 'item'] as const
/** What a statement of a year has no room for. */
const IF_PRINTED = ['via', 'receipt'] as const
type GiftField = (typeof ALWAYS)[number] | (typeof IF_PRINTED)[number]

interface PrintedGift extends Record<GiftField, string | null> {
  /** Number of its entry. */
  entry: string | null
}

/** What a paper says otherwise than the log. Null: it says nothing there. */
export interface Difference {
  field: GiftField | 'entry' | 'count' | 'code' | 'fund' | 'totalVnd'
  printed: string | null
  logged: string | null
}

/**
 * The file that says what a paper prints.
 * @param totalVnd of the money on a year's statement; null on a receipt
 */
export function encodePrinted(
  { code, fund, officeNumber }: Pick<PaperHead, 'code' | 'fund' | 'officeNumber'>,
  lines: readonly GiftLine[],
  totalVnd: bigint | null,
): string {
  const wayOf = (via: string) => (via === 'cash' && officeNumber !== null ? { via, receipt: officeNumber } : { via })
  const gifts = lines.map(({ number, day, given }) => ({
    ...{ entry: String(number), day },
    ...(given.kind === 'goods'
      ? { units: String(given.units), item: String(given.position) }
      : { amountVnd: String(given.amountVnd), ...(totalVnd === null ? wayOf(given.via) : {}) }),
  }))
  const rest = JSON.stringify({ code, fund: fund.slug, gifts, ...(totalVnd === null ? {} : { totalVnd: String(totalVnd) }) })
  return `${PRINTED},${rest.slice(1)}\n`
}

/**
 * Holds what a paper prints against the entries that it proves: each gift is of an entry of its own, and no entry is left.
 * @returns the first difference; `unreadable` where the file does not say what is printed
 */
export function compareWithLog(file: string, entries: readonly { index: number; facts: EntryFacts }[]): Difference | 'same' | 'unreadable' {
  const { gifts, ...paper } = readObject(file) ?? {}
  if (!Array.isArray(gifts) || typeof paper['code'] !== 'string') return 'unreadable'
  if (gifts.length !== entries.length) return { field: 'count', printed: String(gifts.length), logged: String(entries.length) }
  const left = new Map(entries.map(({ index, facts }) => [String(index), facts]))
  let sumVnd = 0n
  for (const gift of gifts.map(readGift)) {
    const facts = left.get(gift.entry ?? '')
    if (!facts) return { field: 'entry', printed: gift.entry, logged: null }
    left.delete(gift.entry ?? '')
    const fields = [...ALWAYS, ...IF_PRINTED.filter((field) => gift[field] !== null)]
    const all = [
      ...(['code', 'fund'] as const).map((field): Difference => ({ field, printed: textOf(paper[field]), logged: facts[field] })),
      ...fields.map((field): Difference => ({ field, printed: gift[field], logged: facts[field] === null ? null : String(facts[field]) })),
    ]
    const other = all.find(({ printed, logged }) => printed !== logged)
    if (other) return other
    sumVnd += facts.amountVnd ?? 0n
  }
  const totalVnd = textOf(paper['totalVnd'])
  return totalVnd === null || totalVnd === String(sumVnd) ? 'same' : { field: 'totalVnd', printed: totalVnd, logged: String(sumVnd) }
}

function readGift(gift: unknown): PrintedGift {
  const of = (field: string) => (isObject(gift) ? textOf(gift[field]) : null)
  return {
    ...{ entry: of('entry'), day: of('day'), amountVnd: of('amountVnd'), units: of('units') },
    ...{ item: of('item'), via: of('via'), receipt: of('receipt') },
  }
}
