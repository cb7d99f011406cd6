import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { disclosures, donations, pledges } from '../../db/schema'
import { appendEvent } from '../events/append'
import type { BookAccount } from '../ledger/books'
import { lineAccount } from '../ledger/books'
import { postEntry } from '../ledger/post'
import { dayOf } from '../time/day'

/** Where money came from: a line of a bank account, named by its public alias, or a card. */
export type Source =
  | { kind: 'bank'; bankTransactionId: bigint; accountAlias: string }
  | { kind: 'card'; cardPaymentId: bigint; charged: { currency: string; amountMinor: bigint; rate: string } | null }

/** Money that came in, and where it belongs. */
export interface Received {
  fundId: number
  lineId: number
  pledgeId: bigint | null
  code: string | null
  source: Source
  /** Book account that was debited. */
  into: BookAccount
  amountVnd: bigint
  receivedAt: Date
}

/**
 * Records money received as a donation: entry, donation and event, in the caller's transaction.
 * Touches no row that other gifts share; totals are the sequencer's (money.md §3).
 * @returns the donation's id
 */
export async function recordDonation(tx: Transaction, received: Received, now: Date): Promise<bigint> {
  const { fundId, lineId, pledgeId, source, amountVnd, receivedAt } = received
  const bankTransactionId = source.kind === 'bank' ? source.bankTransactionId : null
  const cardPaymentId = source.kind === 'card' ? source.cardPaymentId : null
  const idempotencyKey = `${source.kind}:${bankTransactionId ?? cardPaymentId}`
  const entryId = await postEntry(tx, {
    ...{ kind: 'donation', idempotencyKey, occurredAt: receivedAt, bookedAt: now },
    postings: [{ debit: received.into, credit: await lineAccount(tx, lineId), amountVnd }],
  })
  if (entryId === null) throw new Error(`${idempotencyKey} is booked already`)
  const [donation] = await tx
    .insert(donations)
    .values({ fundId, lineId, pledgeId, bankTransactionId, cardPaymentId, entryId, amountVnd, receivedAt, createdAt: now })
    .returning({ id: donations.id })
  if (!donation) throw new Error('a donation was not made')
  await appendEvent(tx, {
    kind: 'donation',
    idempotencyKey: `donation:${donation.id}`,
    fundId,
    lineId,
    day: dayOf(receivedAt),
    amountVnd,
    facts: { ...factsOf(source), code: received.code, ...(await commitments(tx, pledgeId)) },
    donationId: donation.id,
    createdAt: now,
  })
  if (pledgeId !== null) {
    await tx
      .update(pledges)
      .set({ state: 'received' })
      // A pledge of goods is received by a receipt of goods alone, whatever money comes with its code.
      .where(sql`${eq(pledges.id, pledgeId)} and ${pledges.state} <> 'received' and ${pledges.method} <> 'goods'`)
  }
  return donation.id
}

/** What is public of a source; whole numbers as text, for they may be beyond JSON's. */
function factsOf(source: Source): Record<string, unknown> {
  if (source.kind === 'bank') return { via: 'bank', account: source.accountAlias }
  const { charged } = source
  return { via: 'card', charged: charged && { ...charged, amountMinor: String(charged.amountMinor) } }
}

/** Commitments to what the donor chose to show: they go into history, the texts never do. */
export async function commitments(
  tx: Transaction,
  pledgeId: bigint | null,
): Promise<{ nameCommitment: string | null; messageCommitment: string | null }> {
  const rows =
    pledgeId === null
      ? []
      : await tx
          .select({ field: disclosures.field, commitment: disclosures.commitment })
          .from(disclosures)
          .where(eq(disclosures.pledgeId, pledgeId))
  const of = (field: 'name' | 'message') => rows.find((row) => row.field === field)?.commitment ?? null
  return { nameCommitment: of('name'), messageCommitment: of('message') }
}
