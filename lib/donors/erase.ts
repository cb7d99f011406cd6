import { and, eq, inArray, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm'
import { isAnyOf } from '../../db/rows'
import {
  bankNotices,
  bankTransactions,
  disclosures,
  donations,
  goodsReceipts,
  pledgeContacts,
  pledgeLetters,
  pledges,
  statementLines,
} from '../../db/schema'
import type { Context } from '../context'
import { appendEvents } from '../events/append'
import { showChange } from '../events/show-change'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'

/** A bank may tell of a line again for so long, and its memo helps to know it: it is reduced after that. */
export const MEMO_NEEDED_DAYS = 31

/** What is left of a bank line's memo: the codes of the gifts it was booked as. For a query on bank lines. */
export const memoLeft = sql<string>`coalesce((select string_agg(distinct p.code, ' ' order by p.code) from donations d
  join pledges p on p.id = d.pledge_id where d.bank_transaction_id = bank_transactions.id), '')`

/** What was there to be erased. */
export interface Erased {
  texts: number
  contacts: number
  /** Bodies of bank notices that were blanked. */
  notices: number
  /** Memos that were reduced to the payment code; those of the last month follow by themselves. */
  memos: number
}

/** Whether a row of a statement is what lines of the books are known from; its notice has the numbers of file and row. */
const isTold = (lines: readonly bigint[]): SQL => sql`(${statementLines.fileId}, ${statementLines.number}) in (
  select split_part(provider_event_id, '/', 1)::bigint, split_part(provider_event_id, '/', 2)::int from ${bankNotices}
  where provider = 'statement' and ${isAnyOf(bankNotices.bankTransactionId, lines)})`

/**
 * Erases what is known of a gift's donor (Law 91/2025/QH15): name and message with their salts, e-mail, tax code, phone
 * and note, the words of letters, the bodies of the bank's notices, and what the memo says besides the payment code. The gift, its đồng and the
 * commitments stay, and every proof still holds; that it was erased is a public fact. Pages follow within two seconds.
 * Said again, it erases what came since, if anything.
 * Refuses: a code nobody has.
 * @param gift payment code, in capitals
 */
export async function eraseDonor(context: Context, gift: { code: string }): Promise<Result<Erased, 'not_found'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [pledge] = await tx
      .select({ id: pledges.id, fundId: pledges.fundId })
      .from(pledges)
      .where(eq(pledges.code, gift.code))
      // A sequencer that holds the giver, whose words go with the name, may name the pledge meanwhile.
      .for('no key update')
    if (!pledge) return refuse('not_found')
    const { id, fundId } = pledge
    const texts = await tx.delete(disclosures).where(eq(disclosures.pledgeId, id)).returning({ commitment: disclosures.commitment })
    const contacts = await tx.delete(pledgeContacts).where(eq(pledgeContacts.pledgeId, id)).returning({ id: pledgeContacts.pledgeId })
    await tx
      .update(pledgeLetters)
      .set({ words: null })
      .where(and(eq(pledgeLetters.pledgeId, id), isNotNull(pledgeLetters.words)))
    await tx.update(pledges).set({ isNamed: false }).where(eq(pledges.id, id))
    const gifts = await tx
      .select({ id: donations.id, bankTransactionId: donations.bankTransactionId })
      .from(donations)
      .where(eq(donations.pledgeId, id))
    const lines = gifts.flatMap(({ bankTransactionId }) => (bankTransactionId === null ? [] : [bankTransactionId]))
    const receipts = await tx.select({ id: goodsReceipts.id }).from(goodsReceipts).where(eq(goodsReceipts.pledgeId, id))
    const commitments = texts.map(({ commitment }) => commitment).sort()
    // What never came is no public fact.
    const told = [
      ...gifts.map((one) => ({ name: String(one.id), donationId: one.id, goodsReceiptId: null })),
      ...receipts.map((one) => ({ name: `goods:${one.id}`, donationId: null, goodsReceiptId: one.id })),
    ]
    // Before the memos: the tables let them be reduced where this stands written.
    await appendEvents(
      tx,
      told.map(({ name, ...of }) => ({
        kind: 'erasure' as const,
        idempotencyKey: `erasure:${name}:${commitments.join(':')}`,
        ...{ fundId, day: dayOf(now), facts: { commitments }, ...of, createdAt: now },
      })),
    )
    const notices = await tx
      .update(bankNotices)
      .set({ body: {} })
      .where(and(inArray(bankNotices.bankTransactionId, lines), inArray(bankNotices.outcome, ['booked', 'merged']), sql`body <> '{}'`))
      .returning({ id: bankNotices.id })
    await tx
      .update(statementLines)
      .set({ memo: '' })
      .where(and(sql`memo <> ''`, or(isAnyOf(statementLines.bankTransactionId, lines), isTold(lines))))
    const memos = await tx
      .update(bankTransactions)
      .set({ memo: memoLeft })
      .where(
        and(
          inArray(bankTransactions.id, lines),
          sql`memo <> ${memoLeft}`,
          lt(bankTransactions.transactedAt, new Date(now.getTime() - MEMO_NEEDED_DAYS * 86_400_000)),
        ),
      )
      .returning({ id: bankTransactions.id })
    await showChange(tx, now)
    return ok({ texts: texts.length, contacts: contacts.length, notices: notices.length, memos: memos.length })
  })
}
