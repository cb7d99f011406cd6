import { isObject, readObject, textOf, type EntryFacts } from './entry-facts'
import type { PaperHead, StatedLine } from './model'

/*
 * Letters on a page of a PDF are outlines that no checker reads. So each paper has, beside its proofs, a file of what it prints
 * as far as the log knows it, too. It is sealed with the page, and whoever checks holds it against each entry, field by field.
 */

/** How that file begins: it lies in a paper as it is. */
export const PRINTED = '{"prints":"tung-dong/printed/v'
/** Of one code, which stands once; of several, each gift with its own. A page that was saved before there were such reads none of these, and says so. */
const [OF_ONE, OF_SEVERAL] = [`${PRINTED}1"`, `${PRINTED}2"`]

/** What an entry says of a gift: a paper must print all of it. */
const ALWAYS = ['day', 'amountVnd', 'units', 'item'] as const
/** What a statement of a year has no room for. */
const IF_PRINTED = ['via', 'receipt'] as const
type GiftField = (typeof ALWAYS)[number] | (typeof IF_PRINTED)[number]

interface PrintedGift extends Record<GiftField, string | null> {
  /** Number of its entry. */
  entry: string | null
  code: string | null
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
  { fund, officeNumber }: Pick<PaperHead, 'fund' | 'officeNumber'>,
  lines: readonly StatedLine[],
  totalVnd: bigint | null,
): string {
  const wayOf = (via: string) => (via === 'cash' && officeNumber !== null ? { via, receipt: officeNumber } : { via })
  const [code, ...others] = new Set(lines.map((line) => line.code))
  const isOne = others.length === 0
  const gifts = lines.map(({ number, day, given, code: own }) => ({
    ...(isOne ? {} : { code: own }),
    ...{ entry: String(number), day },
    ...(given.kind === 'goods'
      ? { units: String(given.units), item: String(given.position) }
      : { amountVnd: String(given.amountVnd), ...(totalVnd === null ? wayOf(given.via) : {}) }),
  }))
  const facts = { ...(isOne ? { code } : {}), fund: fund.slug, gifts, ...(totalVnd === null ? {} : { totalVnd: String(totalVnd) }) }
  return `${isOne ? OF_ONE : OF_SEVERAL},${JSON.stringify(facts).slice(1)}\n`
}

/**
 * Holds what a paper prints against the entries that it proves: each gift is of an entry of its own, and no entry is left.
 * @returns the first difference; `unreadable` where the file does not say what is printed
 */
export function compareWithLog(file: string, entries: readonly { index: number; facts: EntryFacts }[]): Difference | 'same' | 'unreadable' {
  const { gifts: printed, ...paper } = readObject(file) ?? {}
  const gifts = Array.isArray(printed) ? printed.map((gift) => readGift(gift, textOf(paper['code']))) : null
  if (!gifts || gifts.some(({ code }) => code === null)) return 'unreadable'
  if (gifts.length !== entries.length) return { field: 'count', printed: String(gifts.length), logged: String(entries.length) }
  const left = new Map(entries.map(({ index, facts }) => [String(index), facts]))
  let sumVnd = 0n
  for (const gift of gifts) {
    const facts = left.get(gift.entry ?? '')
    if (!facts) return { field: 'entry', printed: gift.entry, logged: null }
    left.delete(gift.entry ?? '')
    const fields = [...ALWAYS, ...IF_PRINTED.filter((field) => gift[field] !== null)]
    const all = [
      { field: 'code' as const, printed: gift.code, logged: facts.code },
      { field: 'fund' as const, printed: textOf(paper['fund']), logged: facts.fund },
      ...fields.map((field): Difference => ({ field, printed: gift[field], logged: facts[field] === null ? null : String(facts[field]) })),
    ]
    const other = all.find(({ printed, logged }) => printed !== logged)
    if (other) return other
    sumVnd += facts.amountVnd ?? 0n
  }
  const totalVnd = textOf(paper['totalVnd'])
  return totalVnd === null || totalVnd === String(sumVnd) ? 'same' : { field: 'totalVnd', printed: totalVnd, logged: String(sumVnd) }
}

function readGift(gift: unknown, code: string | null): PrintedGift {
  const of = (field: string) => (isObject(gift) ? textOf(gift[field]) : null)
  return {
    ...{ code: of('code') ?? code, entry: of('entry'), day: of('day'), amountVnd: of('amountVnd'), units: of('units') },
    ...{ item: of('item'), via: of('via'), receipt: of('receipt') },
  }
}
