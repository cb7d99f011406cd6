import { createHash } from 'node:crypto'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankNotices, bankTransactions, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { recordDonation } from '../donations/record'
import { bankAccount } from '../ledger/books'
import { identifyLine } from './identify'
import { placeTransfer } from './match'
import { normalizeAccountNumber, normalizeReference, type BankNotice } from './model'

/** What became of a notice. Every one of these is safely stored. */
export type NoticeOutcome = 'booked' | 'merged' | 'replayed' | 'contradiction'

/**
 * Takes in one notice of a bank line: stores it, recognises a line told before, and books what came in,
 * all in one transaction. The same notice any number of times, in any order, changes nothing more.
 * Nothing that carries money is refused: what can't be placed waits for a person.
 */
export async function receiveBankNotice(context: Context, notice: BankNotice): Promise<NoticeOutcome> {
  if (notice.amountVnd <= 0n) throw new RangeError('a bank line carries an amount above zero')
  const now = context.now()
  const line = { ...notice, accountNumber: normalizeAccountNumber(notice.accountNumber), reference: normalizeReference(notice.reference) }
  return context.db.transaction(async (tx) => {
    const earlier = await earlierNotice(tx, line, now)
    if (earlier !== null) return earlier
    const identified = await identifyLine(tx, line)
    if (identified.kind === 'known') {
      await keepNotice(tx, line, now, 'merged', identified.transactionId)
      return 'merged'
    }
    const transactionId = await bookLine(tx, line, now, identified.kind === 'unsure' ? identified.transactionId : null)
    await keepNotice(tx, line, now, 'booked', transactionId)
    return 'booked'
  })
}

/** What one id of a provider says; the same id with another digest contradicts itself. */
const digestOf = ({ accountNumber, direction, amountVnd, reference, memo, transactedAt }: BankNotice): string =>
  createHash('sha256')
    .update(JSON.stringify([accountNumber, direction, String(amountVnd), reference, memo, transactedAt.toISOString()]))
    .digest('hex')

/** Takes the lock of this notice's id, so that two copies told at the same moment come one after the other. */
async function earlierNotice(tx: Transaction, line: BankNotice, now: Date): Promise<NoticeOutcome | null> {
  const digest = digestOf(line)
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${line.provider} ${line.providerEventId}`}, 1))`)
  const told = await tx
    .select({ digest: bankNotices.digest })
    .from(bankNotices)
    .where(and(eq(bankNotices.provider, line.provider), eq(bankNotices.providerEventId, line.providerEventId)))
  if (told.length === 0) return null
  if (told.some((notice) => notice.digest === digest)) return 'replayed'
  await keepNotice(tx, line, now, 'contradiction', null)
  return 'contradiction'
}

/**
 * Keeps an authentic message that was not understood, for a person: it may carry money.
 * @param body as it came; told again, it is not kept twice
 */
export async function keepUnreadableNotice(
  context: Context,
  notice: { provider: string; providerEventId: string; body: unknown },
): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(notice.body)).digest('hex')
  await context.db
    .insert(bankNotices)
    .values({ ...notice, digest, outcome: 'not_understood', bankTransactionId: null, receivedAt: context.now() })
    .onConflictDoNothing()
}

async function keepNotice(
  tx: Transaction,
  line: BankNotice,
  now: Date,
  outcome: 'booked' | 'merged' | 'contradiction',
  bankTransactionId: bigint | null,
): Promise<void> {
  const { provider, providerEventId, body } = line
  await tx
    .insert(bankNotices)
    .values({ provider, providerEventId, digest: digestOf(line), body, outcome, bankTransactionId, receivedAt: now })
}

/** Writes a line that was not known, and books it when it brought money to an account of ours. */
async function bookLine(tx: Transaction, line: BankNotice, now: Date, lookAlikeId: bigint | null): Promise<bigint> {
  const { accountNumber, direction, amountVnd, reference, memo, runningBalanceVnd, transactedAt, provider } = line
  const [account] = await tx
    .select({ id: receivingAccounts.id, fundId: receivingAccounts.fundId, alias: receivingAccounts.alias })
    .from(receivingAccounts)
    // An account that only one person proposed is not ours yet.
    .where(and(eq(receivingAccounts.accountNumber, accountNumber), isNotNull(receivingAccounts.approvedBy)))
  const insert = async (values: Pick<typeof bankTransactions.$inferInsert, 'state' | 'reason' | 'duplicateOfId'>): Promise<bigint> => {
    const [row] = await tx
      .insert(bankTransactions)
      .values({
        receivingAccountId: account?.id ?? null,
        ...{ accountNumber, direction, amountVnd, reference, memo, runningBalanceVnd, transactedAt, provider, createdAt: now },
        ...values,
      })
      .returning({ id: bankTransactions.id })
    if (!row) throw new Error('a bank line was not written')
    return row.id
  }
  if (!account) return insert({ state: 'unknown_account' })
  if (lookAlikeId !== null) return insert({ state: 'possible_duplicate', duplicateOfId: lookAlikeId })
  if (direction === 'out') return insert({ state: 'outgoing' })

  const placement = await placeTransfer(tx, { fundId: account.fundId, memo, transactedAt })
  const bankTransactionId = await insert({ state: placement.state, reason: placement.reason })
  await recordDonation(
    tx,
    {
      fundId: account.fundId,
      lineId: placement.lineId,
      pledgeId: placement.pledgeId,
      code: placement.code,
      source: { kind: 'bank', bankTransactionId, accountAlias: account.alias },
      into: await bankAccount(tx, account.id),
      amountVnd,
      receivedAt: transactedAt,
    },
    now,
  )
  return bankTransactionId
}
