import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { ledgerAccounts, ledgers, lines, postings } from '../../db/schema'

/** Where a posting may point: an account and the ledger it stands in. */
export interface BookAccount {
  ledgerId: number
  accountId: number
}

const ACCOUNT_LOCK = 0x7464_6163

type AccountKind = typeof ledgerAccounts.$inferSelect.kind

async function ledgerOf(db: Database, fundId: number, source: 'donation' | 'state_budget'): Promise<number> {
  await db.insert(ledgers).values({ fundId, source, unit: 'VND' }).onConflictDoNothing()
  const [ledger] = await db
    .select({ id: ledgers.id })
    .from(ledgers)
    .where(and(eq(ledgers.fundId, fundId), eq(ledgers.source, source), eq(ledgers.unit, 'VND')))
  if (!ledger) throw new Error(`fund ${fundId} has no ${source} ledger`)
  return ledger.id
}

/**
 * Opens the books of a fund: a ledger for donated money and one for the state budget's, each with its
 * accounts, and the lines every fund has (general, unplaced, reserve). Opening twice changes nothing.
 * Accounts of the state budget stand only in its own ledger (money.md §2).
 */
export async function openFundBooks(tx: Transaction, fundId: number): Promise<void> {
  const donation = await ledgerOf(tx, fundId, 'donation')
  const stateBudget = await ledgerOf(tx, fundId, 'state_budget')
  for (const kind of ['general', 'unplaced', 'reserve'] as const) {
    await tx.insert(lines).values({ fundId, kind }).onConflictDoNothing()
    const line = await fundLine(tx, fundId, kind)
    await tx.insert(ledgerAccounts).values({ ledgerId: donation, source: 'donation', kind: 'line', lineId: line }).onConflictDoNothing()
  }
  const plain = (ledgerId: number, source: 'donation' | 'state_budget', kinds: AccountKind[]) =>
    tx
      .insert(ledgerAccounts)
      .values(kinds.map((kind) => ({ ledgerId, source, kind })))
      .onConflictDoNothing()
  await plain(donation, 'donation', ['cash_box', 'stripe_clearing', 'advance', 'in_dispute', 'due_from_state_budget', 'due_from_fund'])
  await plain(stateBudget, 'state_budget', ['bank', 'admin_expense', 'due_to_donations'])
}

/** Opens the book account of a bank account that may receive gifts. Opening twice changes nothing. */
export async function openBankAccount(tx: Transaction, fundId: number, receivingAccountId: number): Promise<void> {
  const ledgerId = await ledgerOf(tx, fundId, 'donation')
  await tx.insert(ledgerAccounts).values({ ledgerId, source: 'donation', kind: 'bank', receivingAccountId }).onConflictDoNothing()
}

/** Opens a new line for a campaign of a fund. @returns the line's id */
export async function openCampaignLine(tx: Transaction, fundId: number): Promise<number> {
  const ledgerId = await ledgerOf(tx, fundId, 'donation')
  const [line] = await tx.insert(lines).values({ fundId, kind: 'campaign' }).returning({ id: lines.id })
  if (!line) throw new Error('a line was not made')
  await tx.insert(ledgerAccounts).values({ ledgerId, source: 'donation', kind: 'line', lineId: line.id })
  return line.id
}

/** The one general, unplaced or reserve line of a fund. */
export async function fundLine(db: Database, fundId: number, kind: 'general' | 'unplaced' | 'reserve'): Promise<number> {
  const [line] = await db
    .select({ id: lines.id })
    .from(lines)
    .where(and(eq(lines.fundId, fundId), eq(lines.kind, kind), eq(lines.unit, 'VND')))
  if (!line) throw new Error(`fund ${fundId} has no ${kind} line`)
  return line.id
}

/** A fund's one account of a kind, in the ledger of a source; it is opened with the fund's books. */
export async function fundAccount(
  db: Database,
  fundId: number,
  source: 'donation' | 'state_budget',
  kind: Exclude<AccountKind, 'line' | 'bank'>,
): Promise<BookAccount> {
  const [account] = await db
    .select({ ledgerId: ledgerAccounts.ledgerId, accountId: ledgerAccounts.id })
    .from(ledgerAccounts)
    .innerJoin(ledgers, eq(ledgers.id, ledgerAccounts.ledgerId))
    .where(and(eq(ledgers.fundId, fundId), eq(ledgers.source, source), eq(ledgers.unit, 'VND'), eq(ledgerAccounts.kind, kind)))
  if (!account) throw new Error(`${kind} of fund ${fundId} has no account in the books`)
  return account
}

/**
 * Debits less credits of an account, in đồng, when its lock is held: whoever takes from an account that may not go below
 * nothing asks here first.
 */
export async function lockedBalance(tx: Transaction, account: BookAccount): Promise<bigint> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ACCOUNT_LOCK}::int, ${account.accountId}::int)`)
  return bookedBalance(tx, account)
}

/** Debits less credits of an account, in đồng, to be shown. Of an account with few postings: it adds them all up. */
export async function bookedBalance(db: Database, { accountId }: BookAccount): Promise<bigint> {
  const [row] = await db
    .select({
      vnd: sql`coalesce(sum(case when ${postings.debitAccountId} = ${accountId} then ${postings.amount} else -${postings.amount} end), 0)::bigint`.mapWith(
        BigInt,
      ),
    })
    .from(postings)
    .where(or(eq(postings.debitAccountId, accountId), eq(postings.creditAccountId, accountId)))
  return row?.vnd ?? 0n
}

/** The book account of a receiving bank account. */
export async function bankAccount(db: Database, receivingAccountId: number): Promise<BookAccount> {
  const [account] = await db
    .select({ ledgerId: ledgerAccounts.ledgerId, accountId: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.kind, 'bank'), eq(ledgerAccounts.receivingAccountId, receivingAccountId), isNull(ledgerAccounts.lineId)))
  if (!account) throw new Error(`receiving account ${receivingAccountId} has no account in the books`)
  return account
}

/** The book account of a line. */
export async function lineAccount(db: Database, lineId: number): Promise<BookAccount> {
  return (await lineAccounts(db, [lineId]))(lineId)
}

/** The book accounts of several lines. @returns gives the account of each of them */
export async function lineAccounts(db: Database, lineIds: readonly number[]): Promise<(lineId: number) => BookAccount> {
  const rows = await db
    .select({ lineId: ledgerAccounts.lineId, account: { ledgerId: ledgerAccounts.ledgerId, accountId: ledgerAccounts.id } })
    .from(ledgerAccounts)
    .where(isAnyOf(ledgerAccounts.lineId, lineIds))
    .prepare('find accounts of lines')
    .execute()
  const accounts = new Map(rows.map(({ lineId, account }) => [lineId, account]))
  return (lineId) => {
    const account = accounts.get(lineId)
    if (!account) throw new Error(`line ${lineId} has no account in the books`)
    return account
  }
}
