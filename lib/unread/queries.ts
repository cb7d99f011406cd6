import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { bankNotices, bankTransactions, cardMovements, receivingAccounts, unreadDecisions } from '../../db/schema'
import { lineMark } from '../bank/model'
import { ofStanding } from '../bank/standing'
import type { Context } from '../context'
import { factsOf, subjectKey, type UnreadDecisionRow, type UnreadItem, type UnreadSubject } from './model'

/** What a page shows of each kind: nobody has more of them who looks at them. */
const MOST = 60
const RECENT = 12

/** The decision that stands. For a query on what it is about. */
const standing = (about: SQL) => sql`(select d from unread_decisions d where ${about} and d.undone_at is null)`
const OF_NOTICE = standing(sql`d.notice_id = bank_notices.id`)
const OF_MOVEMENT = standing(sql`d.movement_id = card_movements.stripe_id`)

/** The line that was told under the id of a notice before. */
const EARLIER = sql`(select o.bank_transaction_id from bank_notices o where o.provider = bank_notices.provider
  and o.provider_event_id = bank_notices.provider_event_id and o.bank_transaction_id is not null limit 1)`

/**
 * The fund whose account a notice names, that of who asks before others; null where it names none. A number is looked for
 * among letters and digits alone, since nobody could read what stands around it.
 */
const fundOfNotice = (fundId: number) => sql<number | null>`(select a.fund_id from receiving_accounts a
  where a.id = (select b.receiving_account_id from bank_transactions b where b.id = ${EARLIER})
    or (length(a.account_number) >= 6 and strpos(regexp_replace(upper(bank_notices.body::text), '[^0-9A-Z]', '', 'g'), a.account_number) > 0)
  order by (a.fund_id = ${fundId}) desc limit 1)`

/** The fund that has, or proposes, the account of a line that is not ours. */
const FUND_OF_LINE = sql<
  number | null
>`(select a.fund_id from receiving_accounts a where a.account_number = bank_transactions.account_number)`

const isSeenBy = (fundId: number, of: SQL) => sql`coalesce(${of}, ${fundId}) = ${fundId}`

const UNREAD_NOTICE = sql`${bankNotices.outcome} in ('contradiction', 'not_understood')`
const UNREAD_MOVEMENT = sql`${cardMovements.kind} = 'not_understood'`
const UNKNOWN_LINE = sql`${bankTransactions.state} = 'unknown_account'`

const LAST_OF_LINE = ofStanding(sql`d`, sql`bank_transactions.id`)

/** Whether a notice is for a fund's people to decide on: it names an account of theirs, or of nobody. */
export async function findNotice(db: Database, fundId: number, id: bigint) {
  const [row] = await db
    .select({ id: bankNotices.id })
    .from(bankNotices)
    .where(and(eq(bankNotices.id, id), UNREAD_NOTICE, isSeenBy(fundId, fundOfNotice(fundId))))
  return row ?? null
}

/** A change of a fund's balance at Stripe that nobody understood. */
export async function findMovement(db: Database, fundId: number, id: string) {
  const [row] = await db
    .select()
    .from(cardMovements)
    .where(and(eq(cardMovements.stripeId, id), UNREAD_MOVEMENT, eq(cardMovements.fundId, fundId)))
  return row ?? null
}

/** What waits for a fund's people because no machine could read or place it, the oldest first. */
export async function listUnread(context: Context, fundId: number): Promise<UnreadItem[]> {
  const items = [...(await notices(context, fundId)), ...(await movements(context, fundId)), ...(await lines(context, fundId))]
  return items.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** One of them; null where it does not wait for these people. */
export async function getUnread(context: Context, fundId: number, { of, id }: UnreadSubject): Promise<UnreadItem | null> {
  const found =
    of === 'notice'
      ? await notices(context, fundId, eq(bankNotices.id, id))
      : of === 'movement'
        ? await movements(context, fundId, eq(cardMovements.stripeId, id))
        : await lines(context, fundId, eq(bankTransactions.id, id))
  return found[0] ?? null
}

/** How much waits for a fund's people, without what somebody lets wait. */
export async function countUnread(context: Context, fundId: number): Promise<number> {
  return (await listUnread(context, fundId)).filter(({ waits }) => waits === null).length
}

/** Facts of the decision that stands on something. */
const decided = (decision: SQL) => ({
  decisionId: sql<string>`coalesce((${decision}).id, 0)::text`,
  kind: sql<string | null>`(${decision}).kind`,
  by: sql<string | null>`(${decision}).decided_by`,
  decidedAt: sql<Date | null>`(${decision}).decided_at`.mapWith(bankNotices.receivedAt),
  reason: sql<string | null>`(${decision}).reason`,
})

const waitsOf = ({ by, decidedAt, reason }: { by: string | null; decidedAt: Date | null; reason: string | null }) =>
  by === null || decidedAt === null ? null : { by, at: decidedAt, reason: reason ?? '' }

async function notices({ db }: Context, fundId: number, where?: SQL): Promise<UnreadItem[]> {
  const rows = await db
    .select({
      ...{ id: bankNotices.id, provider: bankNotices.provider, body: bankNotices.body, at: bankNotices.receivedAt },
      ...{ outcome: bankNotices.outcome, fund: fundOfNotice(fundId), earlier: bankTransactions },
      ...decided(OF_NOTICE),
    })
    .from(bankNotices)
    .leftJoin(bankTransactions, eq(bankTransactions.id, EARLIER))
    .where(and(UNREAD_NOTICE, where, isSeenBy(fundId, fundOfNotice(fundId)), sql`coalesce((${OF_NOTICE}).kind, 'wait') = 'wait'`))
    .orderBy(bankNotices.id)
    .limit(MOST)
  return rows.map((row) => ({
    ...{ key: subjectKey({ of: 'notice', id: row.id }), of: 'notice', at: row.at, source: row.provider, amountVnd: null },
    why: row.outcome === 'contradiction' ? 'contradiction' : 'not_understood',
    facts: factsOf(row.body),
    earlier: row.earlier && {
      ...{ id: String(row.earlier.id), direction: row.earlier.direction, amountVnd: row.earlier.amountVnd },
      ...{ memo: row.earlier.memo, transactedAt: row.earlier.transactedAt },
    },
    ...{ isOwn: row.fund === fundId, isAccountOurs: false, seen: row.decisionId, waits: waitsOf(row) },
  }))
}

async function movements({ db }: Context, fundId: number, where?: SQL): Promise<UnreadItem[]> {
  const rows = await db
    .select({ movement: cardMovements, ...decided(OF_MOVEMENT) })
    .from(cardMovements)
    .where(and(UNREAD_MOVEMENT, where, eq(cardMovements.fundId, fundId), sql`coalesce((${OF_MOVEMENT}).kind, 'wait') = 'wait'`))
    .orderBy(cardMovements.createdAt)
    .limit(MOST)
  return rows.map(({ movement: { stripeId, sourceId, amountVnd, happenedAt }, ...row }) => ({
    ...{ key: subjectKey({ of: 'movement', id: stripeId }), of: 'movement', why: 'movement', at: happenedAt, source: 'stripe', amountVnd },
    facts: [{ name: 'id', value: stripeId }, ...(sourceId === null ? [] : [{ name: 'source', value: sourceId }])],
    ...{ earlier: null, isOwn: true, isAccountOurs: false, seen: row.decisionId, waits: waitsOf(row) },
  }))
}

async function lines({ db }: Context, fundId: number, where?: SQL): Promise<UnreadItem[]> {
  const rows = await db
    .select({ line: bankTransactions, fund: FUND_OF_LINE, approvedBy: receivingAccounts.approvedBy, ...decided(LAST_OF_LINE) })
    .from(bankTransactions)
    .leftJoin(receivingAccounts, eq(receivingAccounts.accountNumber, bankTransactions.accountNumber))
    .where(and(UNKNOWN_LINE, where, isSeenBy(fundId, FUND_OF_LINE)))
    .orderBy(bankTransactions.id)
    .limit(MOST)
  return rows.map(({ line, fund, approvedBy, ...row }) => ({
    ...{ key: subjectKey({ of: 'line', id: line.id }), of: 'line', why: 'unknown_account', at: line.transactedAt, source: line.provider },
    amountVnd: line.direction === 'in' ? line.amountVnd : -line.amountVnd,
    facts: [
      { name: 'account', value: line.accountNumber },
      { name: 'memo', value: line.memo },
      ...(line.reference === null ? [] : [{ name: 'reference', value: line.reference }]),
    ],
    ...{ earlier: null, isOwn: fund === fundId, isAccountOurs: fund === fundId && approvedBy !== null },
    ...{ seen: lineMark(line.state, BigInt(row.decisionId)), waits: row.kind === 'keep_unplaced' ? waitsOf(row) : null },
  }))
}

/** What a fund's people said last, the newest first. */
export async function listUnreadDecisions({ db }: Context, fundId: number): Promise<UnreadDecisionRow[]> {
  const rows = await db
    .select({ decision: unreadDecisions, amountVnd: cardMovements.amountVnd })
    .from(unreadDecisions)
    .leftJoin(cardMovements, eq(cardMovements.stripeId, unreadDecisions.movementId))
    .where(eq(unreadDecisions.fundId, fundId))
    .orderBy(desc(unreadDecisions.id))
    .limit(RECENT)
  return rows.map(({ decision: { id, kind, noticeId, movementId, decidedBy, decidedAt, reason, undoneAt }, amountVnd }) => ({
    ...{ id: String(id), kind, amountVnd, by: decidedBy, at: decidedAt, reason, isUndone: undoneAt !== null },
    subject: movementId === null ? { of: 'notice', id: String(noticeId) } : { of: 'movement', id: movementId },
  }))
}
