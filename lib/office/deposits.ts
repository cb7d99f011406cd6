import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { cashDeposits, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { fundAccount, lockedBalance } from '../ledger/books'
import { ok, refuse, type Result } from '../result'
import type { Deposit } from './schema'

/** Whether the bank has told of a deposit and a person matched it. For a query on deposits. */
export const isBanked = sql<boolean>`exists (select 1 from bank_decisions d where d.cash_deposit_id = cash_deposits.id and d.undone_at is null)`

/** What was carried to the bank and stands on no line of it yet, in đồng. */
export async function carriedVnd(db: Database, fundId: number): Promise<bigint> {
  const [row] = await db
    .select({ vnd: sql`coalesce(sum(${cashDeposits.amountVnd}), 0)::bigint`.mapWith(BigInt) })
    .from(cashDeposits)
    .where(and(eq(cashDeposits.fundId, fundId), isNull(cashDeposits.withdrawnAt), sql`not ${isBanked}`))
  return row?.vnd ?? 0n
}

/**
 * Writes down that cash was carried to the bank. It stays in the books' cash box until the bank's line is matched with it,
 * so no gift counts twice. The same form sent again is one deposit.
 * Refuses: an account that is none of the fund's; more than is in the box; a form that said something else before.
 */
export async function carryToBank(
  { db, now }: Context,
  { fundId, deposit, by }: { fundId: number; deposit: Deposit; by: string },
): Promise<Result<{ depositId: bigint }, 'unknown_account' | 'not_in_box' | 'form_used'>> {
  const { formKey, accountId, amountVnd, takenOn, slip } = deposit
  return db.transaction(async (tx) => {
    // Under the lock of the box two who carry the same notes, or a form that is sent twice, come one after the other.
    const balanceVnd = await lockedBalance(tx, await fundAccount(tx, fundId, 'donation', 'cash_box'))
    const [known] = await tx.select().from(cashDeposits).where(eq(cashDeposits.formKey, formKey))
    if (known) {
      const isSame = known.fundId === fundId && known.receivingAccountId === accountId && known.amountVnd === amountVnd
      return isSame && known.takenOn === takenOn && known.slip === slip ? ok({ depositId: known.id }) : refuse('form_used')
    }
    const [account] = await tx
      .select({ fundId: receivingAccounts.fundId, approvedBy: receivingAccounts.approvedBy })
      .from(receivingAccounts)
      .where(eq(receivingAccounts.id, accountId))
    if (account?.fundId !== fundId || account.approvedBy === null) return refuse('unknown_account')
    if (balanceVnd - (await carriedVnd(tx, fundId)) < amountVnd) return refuse('not_in_box')
    const [made] = await tx
      .insert(cashDeposits)
      .values({ fundId, receivingAccountId: accountId, amountVnd, takenOn, slip, formKey, takenBy: by, takenAt: now() })
      .returning({ id: cashDeposits.id })
    if (!made) throw new Error('a deposit was not written')
    return ok({ depositId: made.id })
  })
}

/**
 * Says that cash was not carried to the bank after all. Said again, it changes nothing.
 * Refuses: a deposit that the bank has told of.
 */
export async function withdrawDeposit(
  { db, now }: Context,
  { depositId, by }: { depositId: bigint; by: string },
): Promise<Result<null, 'not_found' | 'banked_already'>> {
  return db.transaction(async (tx) => {
    const [deposit] = await tx.select().from(cashDeposits).where(eq(cashDeposits.id, depositId)).for('update')
    if (!deposit) return refuse('not_found')
    if (deposit.withdrawnAt !== null) return ok(null)
    const [row] = await tx.select({ isBanked }).from(cashDeposits).where(eq(cashDeposits.id, depositId))
    if (row?.isBanked) return refuse('banked_already')
    await tx.update(cashDeposits).set({ withdrawnBy: by, withdrawnAt: now() }).where(eq(cashDeposits.id, depositId))
    return ok(null)
  })
}
