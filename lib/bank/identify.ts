import { and, between, eq, gt, isNull, lt, ne, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankNotices, bankTransactions } from '../../db/schema'
import { compareLines, SAME_MOMENT_MS, type BankNotice } from './model'

/** Notices of one line lie at most this far apart: a bank's booking day may differ from the moment of the transfer. */
const WINDOW_MS = 3 * 86_400_000
/** A bank may use a reference again, in another year. */
const REFERENCE_WINDOW_MS = 30 * 86_400_000
const MOST_LOOK_ALIKES = 20

export type Identified = { kind: 'known'; transactionId: bigint } | { kind: 'unsure'; transactionId: bigint } | { kind: 'new' }

/**
 * Finds whether a line is known already. Takes a lock on (account, direction, amount) for the rest of the
 * transaction, so that two notices of one line, told at the same moment, are seen one after the other.
 * @param line with account number and reference normalised
 */
export async function identifyLine(tx: Transaction, line: BankNotice): Promise<Identified> {
  const { accountNumber, direction, amountVnd } = line
  const lockKey = `${accountNumber} ${direction} ${amountVnd}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lockKey}, 0))`)
  const verdicts: { id: bigint; verdict: 'same' | 'unsure' | 'different' }[] = []
  for (const other of await lookAlikes(tx, line)) {
    verdicts.push({ id: other.id, verdict: compareLines(line, { ...other, isToldByUs: await isTold(tx, other.id, line) }) })
  }
  const same = verdicts.find(({ verdict }) => verdict === 'same')
  if (same) return { kind: 'known', transactionId: same.id }
  const unsure = verdicts.find(({ verdict }) => verdict === 'unsure')
  return unsure ? { kind: 'unsure', transactionId: unsure.id } : { kind: 'new' }
}

/** Lines of the same sum that may be this one; each look-up is served by an index and bounded, however often a sum is given. */
async function lookAlikes(tx: Transaction, line: BankNotice) {
  const { provider, reference, runningBalanceVnd } = line
  const around = (ms: number) => {
    const at = line.transactedAt.getTime()
    return between(bankTransactions.transactedAt, new Date(at - ms), new Date(at + ms))
  }
  const find = (...conditions: (SQL | undefined)[]) =>
    tx
      .select()
      .from(bankTransactions)
      .where(
        and(
          eq(bankTransactions.accountNumber, line.accountNumber),
          eq(bankTransactions.direction, line.direction),
          eq(bankTransactions.amountVnd, line.amountVnd),
          ...conditions,
        ),
      )
      .limit(MOST_LOOK_ALIKES)
  return [
    ...(reference === null ? [] : await find(eq(bankTransactions.reference, reference), around(REFERENCE_WINDOW_MS))),
    ...(runningBalanceVnd === null ? [] : await find(eq(bankTransactions.runningBalanceVnd, runningBalanceVnd), around(WINDOW_MS))),
    ...(await find(
      eq(bankTransactions.provider, provider),
      around(SAME_MOMENT_MS),
      reference === null ? undefined : isNull(bankTransactions.reference),
    )),
    ...(await find(lt(bankTransactions.provider, provider), around(WINDOW_MS))),
    ...(await find(gt(bankTransactions.provider, provider), around(WINDOW_MS))),
  ]
}

/** Whether the provider told of a line before, under another id of its own. */
async function isTold(tx: Transaction, transactionId: bigint, { provider, providerEventId }: BankNotice): Promise<boolean> {
  const [told] = await tx
    .select({ id: bankNotices.id })
    .from(bankNotices)
    .where(
      and(
        eq(bankNotices.bankTransactionId, transactionId),
        eq(bankNotices.provider, provider),
        ne(bankNotices.providerEventId, providerEventId),
      ),
    )
    .limit(1)
  return told !== undefined
}
