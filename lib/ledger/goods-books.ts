import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { ledgerAccounts, ledgers, lines } from '../../db/schema'
import type { BookAccount } from './books'
import type { Posting } from './post'

/**
 * Opens a line for units of one kind of goods given to a campaign of a fund, and the books it needs: the ledger of that
 * kind, which other campaigns may share, with its stock. The line is new each time.
 * @param unit key of the kind of goods, never 'VND'
 * @returns the line's id
 */
export async function openGoodsLine(tx: Transaction, fundId: number, unit: string): Promise<number> {
  const source = 'donation'
  await tx.insert(ledgers).values({ fundId, source, unit }).onConflictDoNothing()
  const ledgerId = await goodsLedger(tx, fundId, unit)
  await tx.insert(ledgerAccounts).values({ ledgerId, source, kind: 'stock', unit }).onConflictDoNothing()
  const [line] = await tx.insert(lines).values({ fundId, kind: 'campaign', unit }).returning({ id: lines.id })
  if (!line) throw new Error('a line was not made')
  await tx.insert(ledgerAccounts).values({ ledgerId, source, kind: 'line', unit, lineId: line.id })
  return line.id
}

/** The book account of a fund's stock of one kind of goods. */
export async function stockAccount(db: Database, fundId: number, unit: string): Promise<BookAccount> {
  const ledgerId = await goodsLedger(db, fundId, unit)
  const [account] = await db
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.ledgerId, ledgerId), eq(ledgerAccounts.kind, 'stock')))
  if (!account) throw new Error(`fund ${fundId} has no stock of ${unit}`)
  return { ledgerId, accountId: account.id }
}

async function goodsLedger(db: Database, fundId: number, unit: string): Promise<number> {
  const [ledger] = await db
    .select({ id: ledgers.id })
    .from(ledgers)
    .where(and(eq(ledgers.fundId, fundId), eq(ledgers.source, 'donation'), eq(ledgers.unit, unit)))
  if (!ledger) throw new Error(`fund ${fundId} has no ledger of ${unit}`)
  return ledger.id
}

/** A posting in a ledger of goods. Each ledger counts in its own unit: what the books call an amount is units here. */
export const unitsPosting = (debit: BookAccount, credit: BookAccount, units: bigint): Posting => ({ debit, credit, amountVnd: units })
