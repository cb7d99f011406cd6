import { and, ne, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows, isAnyOf } from '../../db/rows'
import { disclosures, donations, pledges } from '../../db/schema'
import { together } from '../../db/together'
import { appendEvents } from '../events/append'
import { lineAccounts, type BookAccount } from '../ledger/books'
import { postEntries } from '../ledger/post'
import { dayOf } from '../time/day'

/**
 * Where money came from: a line of a bank account, named by its public alias, a card, or somebody's hand at the office,
 * named by the public number of its receipt. Or it came before, and a person says where it belongs: it stands in the place
 * of another donation then, named by `key`.
 */
export type Source =
  | { kind: 'bank'; bankTransactionId: bigint; accountAlias: string }
  | { kind: 'placed'; bankTransactionId: bigint; accountAlias: string; replacesId: bigint; key: string }
  | { kind: 'cash'; officeReceiptId: bigint; receipt: string }
  | { kind: 'card'; cardPaymentId: bigint; charged: { currency: string; amountMinor: bigint; rate: string } | null }

/** Money that came in, and where it belongs. */
export interface Received {
  source: Source
  fundId: number
  lineId: number
  pledgeId: bigint | null
  code: string | null
  /** Interest is nobody's gift; a gift unless it says so. */
  nature?: 'interest'
  /** Book account that was debited. */
  into: BookAccount
  amountVnd: bigint
  receivedAt: Date
  /** When we book it. */
  bookedAt: Date
}

/**
 * Records money received as donations, in the caller's transaction and in the order given: an entry, a donation and
 * an event each. Touches no row that other gifts share; totals are the sequencer's (money.md §3). The caller holds the
 * locks of the pledges, so that what their donors show is not changed between what is read here and what is told.
 * @returns the donations' ids, in the order given
 */
export async function recordDonations(tx: Transaction, received: readonly Received[]): Promise<bigint[]> {
  if (received.length === 0) return []
  const pledgeIds = [...new Set(received.flatMap(({ pledgeId }) => (pledgeId === null ? [] : [pledgeId])))]
  const [accountOf, commitmentsOf] = await together([
    lineAccounts(
      tx,
      received.map(({ lineId }) => lineId),
    ),
    commitments(tx, pledgeIds),
  ])
  const entryIds = await postEntries(
    tx,
    received.map(({ source, lineId, into, amountVnd, receivedAt, bookedAt }) => ({
      kind: source.kind === 'placed' ? 'placement' : 'donation',
      idempotencyKey: nameOf(source),
      occurredAt: receivedAt,
      bookedAt,
      postings: [{ debit: into, credit: accountOf(lineId), amountVnd }],
    })),
  )
  const booked = received.map((one, index) => {
    const entryId = entryIds[index]
    if (entryId == null) throw new Error(`${nameOf(one.source)} is booked already`)
    return { ...one, entryId }
  })
  const written = tx.$with('written', { id: donations.id, entryId: donations.entryId }).as(
    sql`${insertRows(
      donations,
      booked.map(({ source, bookedAt, nature, ...row }) => ({
        ...row,
        nature: nature ?? ('gift' as const),
        ...columnsOf(source),
        createdAt: bookedAt,
      })),
    )} returning id, entry_id`,
  )
  const ids = new Map(
    (await tx.with(written).select().from(written).prepare('write donations').execute()).map(({ id, entryId }) => [entryId, id]),
  )
  const made = booked.map((one) => {
    const donationId = ids.get(one.entryId)
    if (donationId === undefined) throw new Error('a donation was not made')
    return { ...one, donationId }
  })
  await together([
    appendEvents(
      tx,
      made.map(({ source, nature, fundId, lineId, pledgeId, code, amountVnd, receivedAt, bookedAt, donationId }) => {
        return {
          kind: nature ?? 'donation',
          idempotencyKey: `donation:${donationId}`,
          ...{ fundId, lineId, amountVnd, donationId, createdAt: bookedAt },
          day: dayOf(receivedAt),
          facts: { ...factsOf(source), code, ...commitmentsOf(pledgeId) },
        }
      }),
    ),
    receivePledges(tx, pledgeIds),
  ])
  return made.map(({ donationId }) => donationId)
}

/** Records one donation. @returns its id */
export async function recordDonation(tx: Transaction, received: Received): Promise<bigint> {
  const [id] = await recordDonations(tx, [received])
  if (id === undefined) throw new Error('a donation was not made')
  return id
}

/** Names a source: what came from it is booked once. */
function nameOf(source: Source): string {
  if (source.kind === 'placed') return source.key
  if (source.kind === 'cash') return `cash:${source.officeReceiptId}`
  return source.kind === 'bank' ? `bank:${source.bankTransactionId}` : `card:${source.cardPaymentId}`
}

/** A source as the table of donations keeps it. */
const columnsOf = (source: Source) => ({
  bankTransactionId: source.kind === 'bank' || source.kind === 'placed' ? source.bankTransactionId : null,
  cardPaymentId: source.kind === 'card' ? source.cardPaymentId : null,
  officeReceiptId: source.kind === 'cash' ? source.officeReceiptId : null,
  replacesId: source.kind === 'placed' ? source.replacesId : null,
})

/** What is public of a source; whole numbers as text, for they may be beyond JSON's. */
function factsOf(source: Source): Record<string, unknown> {
  if (source.kind === 'bank') return { via: 'bank', account: source.accountAlias }
  if (source.kind === 'placed') return { via: 'bank', account: source.accountAlias, replaces: String(source.replacesId) }
  if (source.kind === 'cash') return { via: 'cash', receipt: source.receipt }
  const { charged } = source
  return { via: 'card', charged: charged && { ...charged, amountMinor: String(charged.amountMinor) } }
}

/** A pledge of goods is received by a receipt of goods alone, whatever money comes with its code. */
async function receivePledges(tx: Transaction, pledgeIds: readonly bigint[]): Promise<void> {
  if (pledgeIds.length === 0) return
  const open = and(isAnyOf(pledges.id, pledgeIds), ne(pledges.state, 'received'), ne(pledges.method, 'goods'))
  await tx.update(pledges).set({ state: 'received' }).where(open).prepare('receive pledges').execute()
}

interface Commitments {
  nameCommitment: string | null
  messageCommitment: string | null
}

/** Commitments to what donors chose to show: they go into history, the texts never do. */
export async function commitments(tx: Transaction, pledgeIds: readonly bigint[]): Promise<(pledgeId: bigint | null) => Commitments> {
  const rows =
    pledgeIds.length === 0
      ? []
      : await tx
          .select({ pledgeId: disclosures.pledgeId, field: disclosures.field, commitment: disclosures.commitment })
          .from(disclosures)
          .where(isAnyOf(disclosures.pledgeId, pledgeIds))
          .prepare('find commitments')
          .execute()
  const byField = new Map(rows.map(({ pledgeId, field, commitment }) => [`${pledgeId} ${field}`, commitment]))
  const of = (pledgeId: bigint | null, field: 'name' | 'message') => byField.get(`${pledgeId} ${field}`) ?? null
  return (pledgeId) => ({ nameCommitment: of(pledgeId, 'name'), messageCommitment: of(pledgeId, 'message') })
}
