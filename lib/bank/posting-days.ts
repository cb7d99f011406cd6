import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { bankDecisions, bankNotices, bankPostingDays, bankTransactions, dayCloseLines } from '../../db/schema'
import { lockDays } from './days'
import { lockBankLines, Refused, type BankLine } from './deciding'
import { lineKey } from './identify'

/**
 * Whoever says that two lines are one, or takes it back, holds what closes days of their account and what books lines
 * like them: before it locks lines, as those do.
 */
export async function holdPostingDay(tx: Transaction, lineId: bigint): Promise<void> {
  const [line] = await tx.select().from(bankTransactions).where(eq(bankTransactions.id, lineId))
  if (!line) throw new Refused('not_found')
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lineKey(line)}, 0))`)
  if (line.receivingAccountId !== null) await lockDays(tx, line.receivingAccountId)
}

/**
 * Carries the posting day of a line that is said to be the same as another over to the one that stays, and through lines
 * that were said to be the same as others before: the bank's day counts the line that stays. One that knows its day keeps
 * it. Refuses where that would be the line itself: then nothing of the money would be left.
 * @param same the line that is none of its own any more
 */
export async function carryPostingDay(tx: Transaction, decisionId: bigint, same: BankLine): Promise<void> {
  for (let told = same; told.duplicateOfId !== null;) {
    const { line } = (await lockBankLines(tx, [told.duplicateOfId]))(told.duplicateOfId)
    if (line.id === same.id) throw new Refused('wrong_state')
    const postedOn = same.postedOn && told.postedOn
    if (postedOn !== null) {
      await tx.insert(bankPostingDays).values({ decisionId, bankTransactionId: line.id, toldById: told.id, postedOn })
      if (line.postedOn === null) await tx.update(bankTransactions).set({ postedOn }).where(eq(bankTransactions.id, line.id))
    }
    if (line.state !== 'duplicate') return
    told = { ...line, postedOn: line.postedOn ?? postedOn }
  }
}

/**
 * Takes back the posting days that a decision carried over, which is undone already: each line has the day that a
 * statement or another decision gives it, or none. Refuses what a later decision carried on, and what a day was closed with.
 */
export async function takeBackPostingDays(tx: Transaction, decisionId: bigint, sameId: bigint): Promise<void> {
  const carried = await tx.select().from(bankPostingDays).where(eq(bankPostingDays.decisionId, decisionId))
  const ids = carried.map(({ bankTransactionId }) => bankTransactionId)
  const [later] = await standingDays(tx)
    .where(
      and(isNull(bankDecisions.undoneAt), ne(bankPostingDays.decisionId, decisionId), isAnyOf(bankPostingDays.toldById, [sameId, ...ids])),
    )
    .limit(1)
  if (later) throw new Refused('stays')
  for (const id of ids) {
    const { line } = (await lockBankLines(tx, [id]))(id)
    if ((await tx.$count(bankNotices, and(eq(bankNotices.bankTransactionId, id), eq(bankNotices.provider, 'statement')))) > 0) continue
    const [other] = await standingDays(tx)
      .where(and(isNull(bankDecisions.undoneAt), eq(bankPostingDays.bankTransactionId, id)))
      .orderBy(asc(bankPostingDays.decisionId))
      .limit(1)
    const postedOn = other?.postedOn ?? null
    if (postedOn === line.postedOn) continue
    if ((await tx.$count(dayCloseLines, eq(dayCloseLines.bankTransactionId, id))) > 0) throw new Refused('in_closed_day')
    await tx.update(bankTransactions).set({ postedOn }).where(eq(bankTransactions.id, id))
  }
}

const standingDays = (tx: Transaction) =>
  tx
    .select({ postedOn: bankPostingDays.postedOn })
    .from(bankPostingDays)
    .innerJoin(bankDecisions, eq(bankDecisions.id, bankPostingDays.decisionId))
    .$dynamic()
