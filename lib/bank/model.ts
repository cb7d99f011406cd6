/** What a bank, or an aggregator for it, tells of one line of an account. */
export interface BankNotice {
  /** Who tells it: 'sepay'. */
  provider: string
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
  provider: string
  reference: string | null
  runningBalanceVnd: bigint | null
  transactedAt: Date
  memo: string
}

/** A bank reference without the signs that sources write differently; null when nothing is left. */
export const normalizeReference = (reference: string | null): string | null => reference?.toUpperCase().replace(/[^A-Z0-9]/g, '') || null

/** An account number without spaces and signs. */
export const normalizeAccountNumber = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

const SAME_MOMENT_MS = 10 * 60_000

/**
 * Whether two lines of one account, direction and amount that share no reference are the same line.
 * Only an equal running balance merges by itself; anything less sure is for a person (money.md §4).
 * One provider's own lines are told apart by its references, its balances, or by moment and memo.
 */
export function compareLines(a: LineIdentity, b: LineIdentity): 'same' | 'different' | 'unsure' {
  const sameProvider = a.provider === b.provider
  if (a.reference !== null && b.reference !== null) {
    if (a.reference === b.reference) return 'same'
    if (sameProvider) return 'different'
  }
  const balancesKnown = a.runningBalanceVnd !== null && b.runningBalanceVnd !== null
  if (balancesKnown && a.runningBalanceVnd === b.runningBalanceVnd) return 'same'
  if (!sameProvider) return 'unsure'
  if (balancesKnown) return 'different'
  const apart = Math.abs(a.transactedAt.getTime() - b.transactedAt.getTime()) > SAME_MOMENT_MS
  return apart || normalizeReference(a.memo) !== normalizeReference(b.memo) ? 'different' : 'unsure'
}
