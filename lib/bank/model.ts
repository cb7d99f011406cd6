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
}

/** What identifies a line when notices from several sources are compared. */
export interface LineIdentity {
  provider: Provider
  reference: string | null
  runningBalanceVnd: bigint | null
  transactedAt: Date
  memo: string
}

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

/**
 * Whether two lines of one account, direction and amount are the same line (money.md §4).
 * A common reference is the same line, unless balances or days speak against it. Without one, only an equal
 * running balance merges by itself, and only where nothing else tells the lines apart: a provider that tells of
 * a line under a second id must agree in moment and memo too. Anything less sure is for a person.
 * @param b a line that is known; `isToldByUs` when a's provider told of it before, under another id
 */
export function compareLines(a: LineIdentity, b: LineIdentity & { isToldByUs: boolean }): 'same' | 'different' | 'unsure' {
  const apartMs = Math.abs(a.transactedAt.getTime() - b.transactedAt.getTime())
  const balancesKnown = a.runningBalanceVnd !== null && b.runningBalanceVnd !== null
  const balancesEqual = balancesKnown && a.runningBalanceVnd === b.runningBalanceVnd
  const isSameText = apartMs <= SAME_MOMENT_MS && signless(a.memo) === signless(b.memo)
  const bothReferences = a.reference !== null && b.reference !== null
  if (bothReferences && a.reference === b.reference) {
    return apartMs <= SAME_DAYS_MS && (!balancesKnown || balancesEqual) ? 'same' : 'unsure'
  }
  if (a.provider === b.provider) {
    if (bothReferences || (balancesKnown && !balancesEqual)) return 'different'
    if (balancesEqual) return isSameText ? 'same' : 'unsure'
    return isSameText ? 'unsure' : 'different'
  }
  return balancesEqual && !b.isToldByUs ? 'same' : 'unsure'
}
