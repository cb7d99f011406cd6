import { createHash } from 'node:crypto'
import type { Database } from '../../db/client'
import { bankNotices } from '../../db/schema'
import { sqlStateOf } from '../../db/sql-state'
import type { Context } from '../context'
import { bookNotices } from './book'
import { gather, type Gathered } from './gather'
import type { BankNotice, Provider } from './model'
import { arrive, type ArrivedNotice, type NoticeOutcome } from './told'

/** Two batches under way keep both this process and the database at work, and leave connections to those who read. */
const BATCHES = { atOnce: 2, most: 64 }
/** What two processes that wait for each other, or a conflict of transactions, cost: one of them begins again. */
const ATTEMPTS = 3

/**
 * Takes in one notice of a bank line: stores it, recognises a line told before, and books what came in. The same notice
 * any number of times, in any order, changes nothing more. Nothing that carries money is refused: what can't be placed
 * waits for a person.
 * @returns what became of it, once that is stored for good
 */
export async function receiveBankNotice(context: Context, notice: BankNotice): Promise<NoticeOutcome> {
  const [outcome] = await receiveBankNotices(context, [arrive(notice, context.now())])
  if (outcome === undefined) throw new Error('a notice had no outcome')
  return outcome
}

/**
 * Takes in notices, as if they came one after another in the order given. They are booked together with what others
 * bring at the same time, all or nothing; where that fails, each by itself.
 * @returns the outcome of each, once all are stored; throws where one could not be, when all others are
 */
export async function receiveBankNotices(context: Context, notices: readonly ArrivedNotice[]): Promise<NoticeOutcome[]> {
  const outcomes: NoticeOutcome[] = []
  const failures: unknown[] = []
  for (let start = 0; start < notices.length; start += BATCHES.most) {
    for (const settled of await deskOf(context.db)(notices.slice(start, start + BATCHES.most))) {
      if (settled.status === 'fulfilled') outcomes.push(settled.value)
      else failures.push(settled.reason)
    }
  }
  if (failures.length > 0) throw failures[0]
  return outcomes
}

/** Where notices for a database are gathered in this process. */
const desks = new WeakMap<Database, Gathered<ArrivedNotice, NoticeOutcome>>()

function deskOf(db: Database): Gathered<ArrivedNotice, NoticeOutcome> {
  const desk = desks.get(db) ?? gather((notices) => bookSettled(db, notices), BATCHES)
  desks.set(db, desk)
  return desk
}

/** Books a batch in one transaction; where that fails each notice in its own, so that only what is at fault fails. */
async function bookSettled(db: Database, notices: readonly ArrivedNotice[]): Promise<PromiseSettledResult<NoticeOutcome>[]> {
  let booked = await book(db, notices)
  if (booked.ok || notices.length === 1) return settle(booked, notices)
  const settled: PromiseSettledResult<NoticeOutcome>[] = []
  for (const notice of notices) {
    // Where not even a transaction begins it is no notice's fault, and the others need not try.
    if (booked.ok || booked.hasBegun) booked = await book(db, [notice])
    settled.push(...settle(booked, [notice]))
  }
  return settled
}

type Booked = { ok: true; outcomes: NoticeOutcome[] } | { ok: false; reason: unknown; hasBegun: boolean }

async function book(db: Database, notices: readonly ArrivedNotice[]): Promise<Booked> {
  for (let attempt = 1; ; attempt++) {
    const state = { hasBegun: false }
    try {
      const outcomes = await db.transaction(async (tx) => {
        state.hasBegun = true
        return bookNotices(tx, notices)
      })
      return { ok: true, outcomes }
    } catch (reason) {
      const isConflict = sqlStateOf(reason)?.startsWith('40') ?? false
      if (!isConflict || attempt === ATTEMPTS) return { ok: false, reason, ...state }
    }
  }
}

const settle = (booked: Booked, notices: readonly ArrivedNotice[]): PromiseSettledResult<NoticeOutcome>[] =>
  booked.ok
    ? booked.outcomes.map((value) => ({ status: 'fulfilled', value }))
    : notices.map(() => ({ status: 'rejected', reason: booked.reason }))

/**
 * Keeps an authentic message that was not understood, for a person: it may carry money.
 * @param body as it came; told again, it is not kept twice
 */
export async function keepUnreadableNotice(
  context: Context,
  notice: { provider: Provider; providerEventId: string; body: unknown },
): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(notice.body)).digest('hex')
  await context.db
    .insert(bankNotices)
    .values({ ...notice, digest, outcome: 'not_understood', bankTransactionId: null, receivedAt: context.now() })
    .onConflictDoNothing()
}
