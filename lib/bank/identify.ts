import { and, between, desc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankTransactions } from '../../db/schema'
import { compareLines, type BankNotice } from './model'

/** Notices of one line lie at most this far apart: a bank's booking day may differ from the moment of the transfer. */
const WINDOW_MS = 2 * 86_400_000
const MOST_LOOK_ALIKES = 50

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
  const sameSum = and(
    eq(bankTransactions.accountNumber, accountNumber),
    eq(bankTransactions.direction, direction),
    eq(bankTransactions.amountVnd, amountVnd),
  )
  if (line.reference !== null) {
    const [known] = await tx
      .select({ id: bankTransactions.id })
      .from(bankTransactions)
      .where(and(sameSum, eq(bankTransactions.reference, line.reference)))
      .limit(1)
    if (known) return { kind: 'known', transactionId: known.id }
  }
  const at = line.transactedAt.getTime()
  const alike = await tx
    .select()
    .from(bankTransactions)
    .where(and(sameSum, between(bankTransactions.transactedAt, new Date(at - WINDOW_MS), new Date(at + WINDOW_MS)), otherSource(line)))
    .orderBy(desc(bankTransactions.transactedAt))
    .limit(MOST_LOOK_ALIKES)
  const verdicts = alike.map((other) => ({ id: other.id, verdict: compareLines(line, other) }))
  const same = verdicts.find(({ verdict }) => verdict === 'same')
  if (same) return { kind: 'known', transactionId: same.id }
  const unsure = verdicts.find(({ verdict }) => verdict === 'unsure')
  return unsure ? { kind: 'unsure', transactionId: unsure.id } : { kind: 'new' }
}

/** Lines of the same provider that both carry a reference are told apart by it: they need not be read. */
const otherSource = (line: BankNotice) =>
  line.reference === null ? sql`true` : sql`(${bankTransactions.provider} <> ${line.provider} or ${bankTransactions.reference} is null)`
