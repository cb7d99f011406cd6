import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows, isAnyOf } from '../../db/rows'
import { bankTransactions, ledgerAccounts, lines, receivingAccounts } from '../../db/schema'
import type { BookAccount } from '../ledger/books'
import type { LookAlike, NewLine } from './identify'
import type { Placement } from './match'
import type { BankNotice } from './model'

/** An account of ours, where it stands in the books, and the line of its fund for what nobody can place. */
export interface Account {
  id: number
  fundId: number
  alias: string
  into: BookAccount
  unplacedLineId: number
  /** Whether the fund has received gifts by card. */
  hasCards: boolean
}

/** The accounts of ours among those that notices name. @returns by account number */
export async function findAccounts(tx: Transaction, notices: readonly BankNotice[]): Promise<Map<string, Account>> {
  const numbers = [...new Set(notices.map(({ accountNumber }) => accountNumber))]
  const rows = await tx
    .select({
      number: receivingAccounts.accountNumber,
      id: receivingAccounts.id,
      fundId: receivingAccounts.fundId,
      alias: receivingAccounts.alias,
      into: { ledgerId: ledgerAccounts.ledgerId, accountId: ledgerAccounts.id },
      unplacedLineId: lines.id,
      hasCards: sql<boolean>`exists (select 1 from card_payments c where c.fund_id = ${receivingAccounts.fundId})`,
    })
    .from(receivingAccounts)
    .leftJoin(ledgerAccounts, and(eq(ledgerAccounts.receivingAccountId, receivingAccounts.id), eq(ledgerAccounts.source, 'donation')))
    .innerJoin(lines, and(eq(lines.fundId, receivingAccounts.fundId), eq(lines.kind, 'unplaced'), eq(lines.unit, 'VND')))
    // An account that only one person proposed is not ours yet.
    .where(and(isAnyOf(receivingAccounts.accountNumber, numbers), isNotNull(receivingAccounts.approvedBy)))
    .prepare('find accounts')
    .execute()
  return new Map(
    rows.map(({ number, into, ...account }) => {
      if (!into) throw new Error(`receiving account ${account.id} has no account in the books`)
      return [number, { ...account, into }]
    }),
  )
}

/** A new line, the account of ours it belongs to, and where its money goes; a line without a placement is no gift. */
export interface LineToWrite extends NewLine {
  account: Account | null
  placement: Placement | null
}

/** Writes new lines in the order given, and says in each which id it has. */
export async function writeLines(tx: Transaction, given: readonly LineToWrite[]): Promise<void> {
  for (let next = 0; next < given.length;) {
    const part = given.slice(next, endOfPart(given, next))
    const rows = part.map(({ notice, ...line }) => ({
      receivingAccountId: line.account?.id ?? null,
      ...factsOf(notice),
      createdAt: notice.arrivedAt,
      ...stateOf(notice, line),
    }))
    const written = tx.$with('written', { id: bankTransactions.id }).as(sql`${insertRows(bankTransactions, rows)} returning id`)
    const ids = (await tx.with(written).select().from(written).prepare('write lines').execute())
      .map(({ id }) => id)
      .sort((a, b) => (a < b ? -1 : 1))
    for (const [index, { line }] of part.entries()) line.id = ids[index] ?? null
    next += part.length
  }
}

/** A line that may be the same as another of the batch needs that one's id, and is written after it. */
function endOfPart(given: readonly LineToWrite[], start: number): number {
  const unwritten = new Set<LookAlike>()
  for (const [index, { line, lookAlike }] of given.entries()) {
    if (index < start) continue
    if (lookAlike && unwritten.has(lookAlike)) return index
    unwritten.add(line)
  }
  return given.length
}

const factsOf = ({
  accountNumber,
  direction,
  amountVnd,
  reference,
  memo,
  runningBalanceVnd,
  transactedAt,
  provider,
  stated,
}: BankNotice) => ({
  ...{ accountNumber, direction, amountVnd, reference, memo, runningBalanceVnd, transactedAt, provider },
  postedOn: stated?.postedOn ?? null,
})

function stateOf(
  { direction }: BankNotice,
  { account, lookAlike, placement }: Omit<LineToWrite, 'notice'>,
): Pick<typeof bankTransactions.$inferInsert, 'state' | 'reason' | 'duplicateOfId'> {
  if (!account) return { state: 'unknown_account' }
  if (lookAlike) return { state: 'possible_duplicate', duplicateOfId: lookAlike.id }
  if (direction === 'out') return { state: 'outgoing' }
  if (!placement) throw new Error('money that came in was not placed')
  return { state: placement.state, reason: placement.reason }
}
