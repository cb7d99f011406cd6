import { and, asc, between, eq, inArray, like } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { bankNotices, bankTransactions, disclosures, donations, entries, events, pendingEvents, pledges, postings } from '../../db/schema'
import { firstSumOf, type Codes } from './notices'

/** All that the tables hold of a stream of notices, with names in place of ids and of what differs from stream to stream. */
export interface BookedRows {
  lines: string[]
  notices: string[]
  pledges: string[]
}

/** The rows of a stream, in the order in which they were written. */
export async function readBooked(db: Database, stream: number, codes: Codes): Promise<BookedRows> {
  const names = await namesOf(db, codes)
  const text = (value: object): string =>
    [...names].reduce(
      (said, [known, name]) => said.replaceAll(known, name),
      JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)),
    )
  const rows = await db
    .select()
    .from(bankTransactions)
    .leftJoin(donations, eq(donations.bankTransactionId, bankTransactions.id))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(entries, eq(entries.id, donations.entryId))
    .leftJoin(postings, eq(postings.entryId, entries.id))
    .leftJoin(events, eq(events.donationId, donations.id))
    .leftJoin(pendingEvents, eq(pendingEvents.eventId, events.id))
    .where(between(bankTransactions.amountVnd, firstSumOf(stream), firstSumOf(stream + 1) - 1n))
    .orderBy(asc(bankTransactions.id))
  const lines = new Map<bigint | null, string>()
  for (const { bank_transactions: line, donations: gift, entries: entry, postings: posting, events: event, ...more } of rows) {
    const { id, amountVnd, duplicateOfId, ...told } = line
    lines.set(
      id,
      text({
        ...told,
        sum: amountVnd - firstSumOf(stream),
        duplicateOf: lines.get(duplicateOfId),
        gift: gift && {
          ...gift,
          id: null,
          pledgeId: more.pledges?.code,
          bankTransactionId: null,
          entryId: null,
          amountVnd: gift.amountVnd - amountVnd,
        },
        entry: entry && { ...entry, id: null, idempotencyKey: entry.idempotencyKey === `bank:${id}` },
        posting: posting && { ...posting, id: null, entryId: null, amount: posting.amount - amountVnd },
        event: event && {
          ...{ ...event, id: null, donationId: null, amountVnd: (event.amountVnd ?? 0n) - amountVnd },
          idempotencyKey: event.idempotencyKey === `donation:${gift?.id}`,
          isWaiting: more.pending_events !== null,
        },
      }),
    )
  }
  const notices = await db
    .select()
    .from(bankNotices)
    .where(like(bankNotices.providerEventId, `${stream}/%`))
    .orderBy(asc(bankNotices.id))
  const asked = await db
    .select()
    .from(pledges)
    .where(inArray(pledges.code, Object.values(codes)))
    .orderBy(asc(pledges.id))
  return {
    lines: [...lines.values()],
    notices: notices.map(({ provider, providerEventId, outcome, body, bankTransactionId, receivedAt }) =>
      text({ provider, id: providerEventId.split('/')[1], outcome, body, receivedAt, line: lines.get(bankTransactionId) }),
    ),
    pledges: asked.map(({ code, state }) => text({ code, state })),
  }
}

/** The same rows, whatever the order in which they were written. */
export const inAnyOrder = ({ lines, notices, pledges: asked }: BookedRows): BookedRows => ({
  lines: lines.toSorted(),
  notices: notices.toSorted(),
  pledges: asked,
})

/** What differs from stream to stream by chance: codes, and commitments to names and messages. */
async function namesOf(db: Database, codes: Codes): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [name, code] of Object.entries(codes)) {
    names.set(code, name).set(code.toLowerCase(), name)
    const texts = await db
      .select({ field: disclosures.field, commitment: disclosures.commitment })
      .from(disclosures)
      .innerJoin(pledges, and(eq(pledges.id, disclosures.pledgeId), eq(pledges.code, code)))
    for (const { field, commitment } of texts) names.set(commitment, `${field} of ${name}`)
  }
  return names
}
