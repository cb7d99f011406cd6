import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankTransactions, receivingAccounts, unreadDecisions } from '../../db/schema'
import { clearingOf } from '../cards/book'
import { costPostings } from '../cards/costs'
import type { Context } from '../context'
import { postEntry, reverseEntry } from '../ledger/post'
import { ok, refuse, type Result } from '../result'
import { subjectKey, type UnreadRefusal, type UnreadSubject } from './model'
import { findMovement, findNotice } from './queries'
import type { Saying } from './schema'

/** What a person says of something that no machine could read, and why. */
export interface UnreadWish {
  fundId: number
  subject: Exclude<UnreadSubject, { of: 'line' }>
  saying: Saying
  /** How it stood when the person looked at it. */
  seen: string
  /** Private; may be empty only where the line that it is says it all. */
  reason: string
  by: string
  /** Names the wish: told twice, it is one. */
  key: string
}

/**
 * Says what a notice or a change of the balance at Stripe is. A notice books nothing: it is a line that is known, or no
 * money of ours; what it may have told of comes by the bank's statement, which is what a bank says. A fee of Stripe's is
 * booked as all fees are. What is let wait waits on, and may be said later. Of two people at once the first wins.
 */
export async function decideUnread(context: Context, wish: UnreadWish): Promise<Result<{ decisionId: bigint }, UnreadRefusal>> {
  const { fundId, subject, saying, seen, reason, by, key } = wish
  const now = context.now()
  return context.db.transaction(async (tx) => {
    await holdSubject(tx, subject)
    const [known] = await tx.select().from(unreadDecisions).where(eq(unreadDecisions.idempotencyKey, key))
    if (known) return isAbout(known, wish) ? ok({ decisionId: known.id }) : refuse('key_taken')
    const movement = subject.of === 'movement' ? await findMovement(tx, fundId, subject.id) : null
    if (!movement && !(subject.of === 'notice' && (await findNotice(tx, fundId, subject.id)))) return refuse('not_found')
    const last = await standingOf(tx, subject)
    if (String(last?.id ?? 0) !== seen || (last && last.kind !== 'wait')) return refuse('decided_already')
    if (saying.kind !== 'told' && reason === '') return refuse('no_reason')
    const bankTransactionId = saying.kind === 'told' ? saying.lineId : null
    if (bankTransactionId !== null && !(await isLineOf(tx, fundId, bankTransactionId))) return refuse('no_match')
    let entryId: bigint | null = null
    if (movement && saying.kind === 'fee') {
      const [first, ...others] = await costPostings(tx, fundId, await clearingOf(tx, fundId), -movement.amountVnd)
      if (!first) return refuse('no_match')
      const entry = { kind: 'card_fee', idempotencyKey: `unread:${key}`, occurredAt: movement.happenedAt, bookedAt: now }
      entryId = await postEntry(tx, { ...entry, postings: [first, ...others] })
    }
    if (last) await tx.update(unreadDecisions).set({ undoneBy: by, undoneAt: now }).where(eq(unreadDecisions.id, last.id))
    const [row] = await tx
      .insert(unreadDecisions)
      .values({
        ...{ fundId, kind: saying.kind, bankTransactionId, entryId, reason, idempotencyKey: key, decidedBy: by, decidedAt: now },
        ...(subject.of === 'notice' ? { noticeId: subject.id } : { movementId: subject.id }),
      })
      .returning({ id: unreadDecisions.id })
    if (!row) throw new Error('a decision was not written')
    return ok({ decisionId: row.id })
  })
}

/** Takes back what was said, and reverses what it booked: it waits again. Told twice, it is taken back once. */
export async function undoUnread(
  context: Context,
  { fundId, decisionId, by }: { fundId: number; decisionId: bigint; by: string },
): Promise<Result<null, 'not_found' | 'decided_already'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const own = and(eq(unreadDecisions.id, decisionId), eq(unreadDecisions.fundId, fundId))
    const [decision] = await tx.select().from(unreadDecisions).where(own).for('update')
    if (!decision) return refuse('not_found')
    if (decision.undoneBy === by) return ok(null)
    if (decision.undoneBy !== null) return refuse('decided_already')
    if (decision.entryId !== null) await reverseEntry(tx, decision.entryId, `undo-unread:${decisionId}`, now)
    await tx.update(unreadDecisions).set({ undoneBy: by, undoneAt: now }).where(own)
    return ok(null)
  })
}

/** Whoever decides on something holds the lock of its name. */
const holdSubject = (tx: Transaction, subject: UnreadSubject) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`unread ${subjectKey(subject)}`}, 0))`)

const aboutOf = (subject: UnreadWish['subject']) =>
  subject.of === 'notice' ? eq(unreadDecisions.noticeId, subject.id) : eq(unreadDecisions.movementId, subject.id)

async function standingOf(tx: Transaction, subject: UnreadWish['subject']) {
  const [row] = await tx
    .select()
    .from(unreadDecisions)
    .where(and(aboutOf(subject), isNull(unreadDecisions.undoneAt)))
  return row ?? null
}

const isAbout = (known: typeof unreadDecisions.$inferSelect, { subject, saying, fundId }: UnreadWish): boolean =>
  known.fundId === fundId &&
  known.kind === saying.kind &&
  known.bankTransactionId === (saying.kind === 'told' ? saying.lineId : null) &&
  (subject.of === 'notice' ? known.noticeId : known.movementId) === subject.id

const isLineOf = async (tx: Transaction, fundId: number, lineId: bigint): Promise<boolean> =>
  (
    await tx
      .select({ id: bankTransactions.id })
      .from(bankTransactions)
      .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
      .where(and(eq(bankTransactions.id, lineId), eq(receivingAccounts.fundId, fundId)))
  ).length > 0
