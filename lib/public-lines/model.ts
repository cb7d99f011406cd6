import type { Day } from '../time/day'

/** In sums by pot: all of them, and what is of none. */
export const ALL_POTS = -1

/** Only moves what is told elsewhere: between own accounts, from the card company, from the cash box to the bank. */
const MOVES: ReadonlySet<string> = new Set(['own_transfer', 'payout', 'cash_banked'])
export const isMove = (is: string): boolean => MOVES.has(is)

/**
 * Numbers, below zero, by which lines are filtered in the same index as words: what kind of thing, and which. The number of
 * a thing has room below fifty millions.
 */
const KINDS = { fund: 1, account: 2, pot: 3, commune: 4, channel: 5, direction: 6, month: 7, class: 8 } as const
export const facet = (kind: keyof typeof KINDS, id: number): number => {
  if (id < 0 || id >= 50_000_000) throw new RangeError(`${kind} ${id} has no number among terms`)
  return -(KINDS[kind] * 50_000_000 + id)
}

/** The number of a day's month among terms. */
export const monthTerm = (day: Day): number => facet('month', Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1)

/** The numbers of all months between two days; null where they are too many to look for one by one. */
export function monthTerms(from: Day, to: Day): number[] | null {
  const [last, first] = [monthTerm(from), monthTerm(to)]
  return last - first >= 24 ? null : Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** Beginnings as short as this are listed as words of their own: too many words begin so. */
export const SHORT = 2
/** A longer word is found by its beginning. */
export const LONGEST_WORD = 40
/** Words of a message beyond these are not searched for. */
const MOST_WORDS = 120

/** How a beginning stands among the words. */
export const beginning = (letters: string): string => `${letters}*`

/** The words a line is found by, with their short beginnings, each once. @param texts folded: small, without marks */
export function listedWords(texts: readonly (string | null)[]): string[] {
  const words = texts
    .flatMap((text) => (text ?? '').split(' '))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD))
  const listed = new Set(words)
  for (const word of words)
    for (let letters = 1; letters <= SHORT && letters <= word.length; letters++) listed.add(beginning(word.slice(0, letters)))
  return [...listed]
}

/** What lines are asked for. All of it at once must be true of a line. */
export interface LineFilter {
  /** Small and without marks; of the last one a beginning is enough. */
  words: readonly string[]
  /** Payment code, or how it begins, in capitals. */
  code: string | null
  /** Place in the public log. */
  entry: bigint | null
  leastVnd: bigint | null
  mostVnd: bigint | null
  from: Day | null
  to: Day | null
  fundId: number | null
  /** An account of a bank, or all that came by card or in cash. */
  account: { receivingAccountId: number } | { channel: 'card' | 'cash' } | null
  /** The pot of a campaign. */
  lineId: number | null
  unitId: number | null
  direction: 'in' | 'out' | null
  class: LineClass | null
}

/** All lines. */
export const NO_FILTER: LineFilter = {
  ...{ words: [], code: null, entry: null, leastVnd: null, mostVnd: null, from: null, to: null },
  ...{ fundId: null, account: null, lineId: null, unitId: null, direction: null, class: null },
}

export const LINE_SORTS = ['newest', 'oldest', 'largest', 'smallest'] as const
export type LineSort = (typeof LINE_SORTS)[number]

/** What all lines of a result come to. Moves between own accounts are no money that came or went. */
export interface LineTotals {
  lines: number
  inVnd: bigint
  outVnd: bigint
  /**
   * What came and what went by moves, as their lines say. Which of them are two lines of one transfer is not known: the other
   * end may be on another account or day.
   */
  movedInVnd: bigint
  movedOutVnd: bigint
}

/** Where a line stands in any order. */
export interface Standing {
  id: bigint
  day: Day
  amountVnd: bigint
}

/** A line as everybody may see it. */
export interface LineView {
  /** Place of its leaf in the log. */
  id: bigint
  day: Day
  direction: 'in' | 'out'
  amountVnd: bigint
  class: string
  isMove: boolean
  /** Whether a statement of the bank has it; null of cards and cash, which no bank tells one by one. */
  isStated: boolean | null
  channel: 'bank' | 'card' | 'cash'
  /** Of the account of the bank; null of cards and cash. */
  account: string | null
  fund: string
  /** The name its donor chose to show; null where none may be shown. */
  name: string | null
  message: string | null
  /** Whether all of it went back to its donor. */
  isReturned: boolean
  /** Whether its donor was erased. */
  isErased: boolean
  /** Payment code of its gift. */
  code: string | null
  campaign: { slug: string; title: string; commune: string } | null
  /** The pot where it is of no campaign. */
  pot: 'general' | 'unplaced' | 'reserve' | null
  spend: { number: string; title: string; supplier: string } | null
  /** What the spend became, the first of it. */
  delivery: string | null
}

/** A day of an account that is closed. */
export interface DayView {
  day: Day
  account: string
  openingVnd: bigint
  closingVnd: bigint
  inVnd: bigint
  outVnd: bigint
  lateLines: number
}

export interface LinesView {
  lines: LineView[]
  /** Closed days among them, where whole days are shown. */
  days: DayView[]
  /** What was closed last of each account, at the beginning of all its lines. */
  closed: DayView[]
  next: Standing | null
  /** Exact sums of all; or how many there are at least. */
  totals: LineTotals | { atLeast: number }
  /** How far the public log went of which that is all. */
  size: bigint
  /** Whether more words or codes begin as was typed than are looked for, so that lines of the others are left out. */
  isCut: boolean
  /** What those of them come to that came into the log since the link was cited; null where they are too many, or it was not. */
  since: LineTotals | null
}

/** How far the public log goes, and since when. */
export interface AsOf {
  size: bigint
  at: Date | null
  /** How far it goes itself, where lines are behind it. */
  logSize: bigint
}

/** The lines of a closed day, month or year as a file: "2026-11-20", "2026-11", "2026". */
export interface LinesFile {
  period: string
  /** A month that is not whole yet is no file: its closed days are. */
  isWhole: boolean
  /** Null while something changed in it since: it is sent as its lines are now. */
  made: { sha256: string; bytes: number; lines: number } | null
}

/**
 * What a line of the statement may be, as it has a name in both languages, with its number among terms, which stays. A gift
 * has none: nearly all lines are gifts, and are met wherever one looks.
 */
const CLASS_NUMBERS = {
  ...{ gift: null, unplaced: 1, to_return: 2, payout: 3, interest: 4, fee: 5, own_transfer: 6, budget_repayment: 7, not_ours: 8 },
  ...{ refund: 9, refund_returned: 10, spend: 11, supplier_refund: 12, advance: 13, advance_returned: 14, cash_banked: 15 },
  ...{ dispute_lost: 16, waiting: 17 },
} as const
export type LineClass = keyof typeof CLASS_NUMBERS
export const isClass = (word: string): word is LineClass => Object.hasOwn(CLASS_NUMBERS, word)

/** The number among terms of what a line is; null of gifts, and of what has no name yet. */
export function classTerm(is: string): number | null {
  const number = isClass(is) ? CLASS_NUMBERS[is] : null
  return number === null ? null : facet('class', number)
}
/** All of these numbers. */
export const CLASS_TERMS: readonly { is: string; term: number }[] = Object.keys(CLASS_NUMBERS).flatMap((is) => {
  const term = classTerm(is)
  return term === null ? [] : { is, term }
})
