import { addDays, dayOf, startOfDay, type Day } from '../time/day'
import type { DecisionKind } from './schema'

/** Who tells of lines of accounts: aggregators at once, a bank's own statement later. */
export const PROVIDERS = ['casso', 'payos', 'sepay', 'statement'] as const
export type Provider = (typeof PROVIDERS)[number]

/** What a bank, or an aggregator for it, tells of one line of an account. */
export interface BankNotice {
  provider: Provider
  /** The provider's own id of the line. */
  providerEventId: string
  accountNumber: string
  direction: 'in' | 'out'
  /** Above zero, whatever the direction. */
  amountVnd: bigint
  /** The bank's reference; null where it gave none. */
  reference: string | null
  /** As the bank wrote it. Private. */
  memo: string
  transactedAt: Date
  /** Balance after the line; null where the provider does not know it. */
  runningBalanceVnd: bigint | null
  /** The notice as it came, kept beside the booking. */
  body: unknown
  /** Of a line of a statement alone. */
  stated?: Stated
}

/** Where a bank's statement has a line. */
export interface Stated {
  fileId: bigint
  /** The day on which the bank booked it. */
  postedOn: Day
  /** The line that it was found to be the same as, perhaps, when its file was compared with the books. */
  lookAlikeId: bigint | null
  /** Whether lines that only resemble it are of no interest: it is known already which one it is. */
  isSureOnly: boolean
}

/** What identifies a line when notices from several sources are compared. */
export interface LineIdentity {
  provider: Provider
  reference: string | null
  runningBalanceVnd: bigint | null
  transactedAt: Date
  /** Null where no statement has it yet. */
  postedOn: Day | null
  memo: string
}

/** What a notice says that identifies its line. */
export const identityOf = ({ provider, reference, runningBalanceVnd, transactedAt, memo, stated }: BankNotice): LineIdentity => ({
  ...{ provider, reference, runningBalanceVnd, transactedAt, memo, postedOn: stated?.postedOn ?? null },
})

/** What banks write where they have no reference. */
const NO_REFERENCE = /^(?:0*|NA|NULL|NONE|NIL|UNDEFINED|KHONGCO)$/

const signless = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** A bank reference without the signs that sources write differently; null where it is none. */
export function normalizeReference(reference: string | null): string | null {
  const bare = signless(reference ?? '')
  return NO_REFERENCE.test(bare) ? null : bare
}

/** An account number without spaces and signs. */
export const normalizeAccountNumber = signless

/** Two notices of one transfer that both know its time agree within this. */
export const SAME_MOMENT_MS = 10 * 60_000
/** A file may know the booking day alone. */
const SAME_DAYS_MS = 3 * 86_400_000

/** What is known of a line beside what identifies it. */
export interface ToldBefore {
  /** Whether the other's provider told of it before, under another id. */
  isToldByUs: boolean
  /** Whether it is another line of the same statement. */
  isOnSameStatement: boolean
}

/**
 * Whether two lines of one account, direction and amount are the same line (money.md §4).
 * A common reference is the same line, unless balances or days speak against it. Without one, only an equal
 * running balance merges by itself, and only where nothing else tells the lines apart: a provider that tells of
 * a line under a second id must agree in moment and memo too. Anything less sure is for a person.
 * A statement tells of a line once, and a bank books nothing before it happens (docs/decisions/0009).
 * @param b a line that is known
 */
export function compareLines(a: LineIdentity, b: LineIdentity & ToldBefore): 'same' | 'different' | 'unsure' {
  if (b.isOnSameStatement) return 'different'
  const apartMs = Math.abs(a.transactedAt.getTime() - b.transactedAt.getTime())
  const balancesKnown = a.runningBalanceVnd !== null && b.runningBalanceVnd !== null
  const balancesEqual = balancesKnown && a.runningBalanceVnd === b.runningBalanceVnd
  const isSameText = apartMs <= SAME_MOMENT_MS && signless(a.memo) === signless(b.memo)
  const bothReferences = a.reference !== null && b.reference !== null
  const bothPosted = a.postedOn !== null && b.postedOn !== null
  const postedApart = bothPosted && a.postedOn !== b.postedOn
  if (bothReferences && a.reference === b.reference) {
    return apartMs <= SAME_DAYS_MS && (!balancesKnown || balancesEqual) && !postedApart ? 'same' : 'unsure'
  }
  if (postedApart || isPostedBefore(a, b) || isPostedBefore(b, a)) return 'different'
  // Two files of one bank may write references in two ways: that they differ tells less than that a day has both.
  if (bothPosted && a.provider === b.provider) {
    if (balancesKnown) return !balancesEqual ? 'different' : bothReferences ? 'unsure' : 'same'
    return 'unsure'
  }
  if (a.provider === b.provider) {
    if (bothReferences || (balancesKnown && !balancesEqual)) return 'different'
    if (balancesEqual) return isSameText ? 'same' : 'unsure'
    return isSameText ? 'unsure' : 'different'
  }
  return balancesEqual && !b.isToldByUs ? 'same' : 'unsure'
}

/** The earliest day on which a bank can have booked what happened at a moment: clocks differ a little. */
export const firstPostingDay = (transactedAt: Date): Day => dayOf(new Date(transactedAt.getTime() - SAME_MOMENT_MS))

/** The moment by which what a bank booked on a day has happened. */
export const endOfPosting = (postedOn: Day): Date => new Date(startOfDay(addDays(postedOn, 1)).getTime() + SAME_MOMENT_MS)

/** Whether the bank had booked one before the other happened. */
const isPostedBefore = (one: LineIdentity, other: LineIdentity): boolean =>
  one.postedOn !== null && other.postedOn === null && other.transactedAt >= endOfPosting(one.postedOn)

/** Where a bank line stands: placed or classified, or waiting for a person. */
export type LineState =
  | 'placed'
  | 'unplaced'
  | 'to_return'
  | 'payout'
  | 'possible_payout'
  | 'outgoing'
  | 'possible_duplicate'
  | 'unknown_account'
  | 'settled'
  | 'duplicate'

/** What a bank line is, as the public log says it (money.md §6). */
export type LineClass =
  | 'gift'
  | 'unplaced'
  | 'to_return'
  | 'payout'
  | 'interest'
  | 'fee'
  | 'own_transfer'
  | 'budget_repayment'
  | 'not_ours'
  | 'refund'
  | 'refund_returned'
  | 'spend'
  | 'supplier_refund'
  | 'advance'
  | 'advance_returned'
  | 'cash_banked'
  /** What was said of it is taken back. */
  | 'waiting'

/** Why something can't be decided so. */
export type DecideRefusal =
  | 'not_found'
  /** The key names another decision. */
  | 'key_taken'
  /** It is not as the person saw it: somebody was first (`whoDecided`). */
  | 'decided_already'
  /** A line in this state is not decided in this way. */
  | 'wrong_state'
  /** A cheque that its bank took back, of which a part is promised to a spend: that is paid or ended first. */
  | 'promised'
  /** Its gift was placed by a person: that is taken back first. */
  | 'placed_before'
  /** It has no place on its line yet; a moment later it has. */
  | 'not_laid_yet'
  /** A part of the money is spent, held or promised. */
  | 'not_free'
  | 'unknown_pledge'
  | 'other_fund'
  | 'same_line'
  | 'after_closing_day'
  /** Parts do not add up to the line. */
  | 'not_the_sum'
  /** What it should be matched with is not of this sum, account or state. */
  | 'no_match'
  /** It is what a later decision builds on, or can't be taken back. */
  | 'stays'
  /** A day was closed with what it says. */
  | 'in_closed_day'

/** How a line stands, in one word: whoever decides says what they saw. */
export const lineMark = (state: LineState, decisionId: bigint | null): string => `${state}.${decisionId ?? 0}`

/** Why a suggestion may be right. `rule`: a rule of the fund says so. */
export type Why = 'exact_code' | 'wrong_symbol' | 'swapped' | 'cut' | 'doubled' | 'amount' | 'name' | 'words' | 'rule' | 'supplier' | 'day'

/** What a line may be, the likeliest first. `choice` is what a form says to take it (`readChoice`). */
export type Suggestion = { choice: string; why: Why[] } & (
  | {
      kind: 'pledge'
      code: string
      amountVnd: bigint | null
      /** Null: the general pot. */
      campaign: string | null
      /** Number of the cheque that was given for it; null where none was. */
      cheque: string | null
      pledgedAt: Date
      isOpen: boolean
    }
  | { kind: 'cash_banked'; takenOn: string; slip: string | null }
  | { kind: 'spend'; spendId: string; title: string; supplier: string; leftVnd: bigint }
  | { kind: 'advance' | 'advance_returned'; advanceId: string; title: string }
  | { kind: 'refund'; code: string | null; reason: string }
  | { kind: 'own_transfer' | 'not_ours'; account: string; at: Date; memo: string }
  | { kind: 'payout'; arrivesOn: string }
  | { kind: 'fee' | 'interest' | 'budget_repayment' | 'same' | 'not_same' | 'not_payout' }
)

/** A line that waits for a person. */
export interface QueueLine {
  id: string
  /** How it stands, for whoever decides (`lineMark`). */
  seen: string
  state: LineState
  reason: 'no_code' | 'unknown_code' | 'several_codes' | 'other_fund' | 'after_closing_day' | null
  direction: 'in' | 'out'
  amountVnd: bigint
  /** Private. */
  memo: string
  account: string
  transactedAt: Date
  /** The bank's posting day; null while no statement has the line. */
  postedOn: string | null
  /** The line it may be the same as. */
  twin: { id: string; memo: string; transactedAt: Date; amountVnd: bigint } | null
  suggestions: Suggestion[]
}

/** Which lines of the queue are wanted. */
export const QUEUE_GROUPS = ['in', 'out', 'twice', 'payout', 'return', 'kept'] as const
export type QueueGroup = (typeof QUEUE_GROUPS)[number]

export const isQueueGroup = (text: string): text is QueueGroup => QUEUE_GROUPS.some((known) => known === text)

export interface Queue {
  lines: QueueLine[]
  counts: Record<QueueGroup, number>
  /** The line after which the next page begins; null on the last. */
  next: string | null
}

/** A decision that was made, as the list of what was just done shows it. */
export interface DecisionRow {
  id: string
  kind: DecisionKind
  by: string
  at: Date
  reason: string
  isUndone: boolean
  /** Whether it can be taken back: nothing later builds on it. */
  isLast: boolean
  lines: { id: string; direction: 'in' | 'out'; amountVnd: bigint; memo: string }[]
}

/** What a day of an account comes to, and what is missing before it can be closed. */
export interface DayView {
  day: string
  /** What the bank had before it; from the close before, else from a statement; null where a person has to say. */
  openingVnd: bigint | null
  /** Where that was told by a close: then it can't be otherwise. */
  isOpeningClosed: boolean
  linesIn: number
  linesOut: number
  sumInVnd: bigint
  sumOutVnd: bigint
  /** How many lines there are of days that were closed before they were known, counted here; and the first of them. */
  lateLines: number
  late: { id: string; postedOn: string; direction: 'in' | 'out'; amountVnd: bigint }[]
  /** What the newest statement says that the bank has after it; null where none does. */
  closingVnd: bigint | null
  /** Lines that wait for a person. */
  waiting: number
  /** Lines that were told of and that no statement has; in no sum here. */
  notOnStatement: number
  notOnStatementVnd: bigint
}

/** An account, how far it is closed, and the day that comes next. */
export interface AccountDays {
  id: number
  alias: string
  bankName: string
  closedUntil: string | null
  closingVnd: bigint | null
  /** Null where nothing was posted since. */
  next: DayView | null
  recent: { day: string; closingVnd: bigint; linesIn: number; linesOut: number; lateLines: number; closedAt: Date; by: string }[]
}

export type CloseRefusal =
  | 'not_found'
  /** Another day comes first. */
  | 'not_next'
  | 'closed_already'
  /** Lines of it wait for a person. */
  | 'unclassified'
  /** It begins with something else than the day before it ended with. */
  | 'opening_differs'
  | 'does_not_add_up'
  /** Lines of it came, or changed, while it was summed up. */
  | 'lines_meanwhile'

/** A line that could not be decided, why, and who was first where that is why. */
export interface FailedLine {
  id: string
  direction: 'in' | 'out'
  amountVnd: bigint
  memo: string
  refusal: string
  first: { by: string; kind: DecisionKind; at: Date } | null
}

/** One line of the bank with all that became of it, for the fund's own people. */
export interface BankLineView {
  id: string
  account: string
  direction: 'in' | 'out'
  amountVnd: bigint
  /** Private. */
  memo: string
  reference: string | null
  transactedAt: Date
  postedOn: string | null
  /** The channel that told of it first. */
  provider: Provider
  state: LineState
  reason: QueueLine['reason']
  /** Whether a person still has to say what it is. */
  waits: boolean
  /** The line it may be the same as, or is. */
  sameAs: string | null
  /** The day with which it was closed. */
  closedOn: string | null
  /** Gifts that stand by it; one without a code is nobody's by name. */
  gifts: { code: string | null; amountVnd: bigint }[]
  decisions: {
    id: string
    kind: DecisionKind
    by: string
    at: Date
    reason: string
    undone: { by: string; at: Date; reason: string } | null
  }[]
}
