import { and, asc, eq, isNull, notExists } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { bankDecisions, cashDeposits, ledgerAccounts, ledgers } from '../../db/schema'
import { costPostings } from '../cards/costs'
import { takeOffLine } from '../donations/reverse'
import { fundAccount, lockedBalance, type BookAccount } from '../ledger/books'
import { reverseEntry, standingEntry, type Posting } from '../ledger/post'
import { bookDecided, moveOn, Refused, rememberEntry, standingDonations, type Deciding, type LockedLine, type OwnAccount } from './deciding'

/** What took money out of the bank, or brought some that is no gift, and stands in the books by itself. */
export type PlainKind = 'fee' | 'budget_repayment' | 'cash_banked'

/** Books a line as something that is neither a gift nor matched with another thing (money.md §2). */
export async function bookPlain(deciding: Deciding, on: LockedLine, kind: PlainKind): Promise<void> {
  const { line } = on
  const account = kind === 'fee' ? ownOutgoing(on) : await unbookGift(deciding, on)
  await bookDecided(deciding, on, kind, await postingsOf(deciding.tx, account, kind, line.amountVnd))
  if (kind === 'cash_banked') await matchDeposit(deciding, account, line.amountVnd)
  await moveOn(deciding, on, { state: 'settled' })
}

async function postingsOf(
  tx: Transaction,
  { fundId, book: bank }: OwnAccount,
  kind: PlainKind,
  amountVnd: bigint,
): Promise<[Posting, ...Posting[]]> {
  switch (kind) {
    // Donated money pays for children only: the state budget owes what banks take.
    case 'fee': {
      const [first, ...others] = await costPostings(tx, fundId, bank, amountVnd)
      if (!first) throw new Error('a fee costs nothing')
      return [first, ...others]
    }
    case 'budget_repayment': {
      const due = await fundAccount(tx, fundId, 'donation', 'due_from_state_budget')
      if ((await lockedBalance(tx, due)) < amountVnd) throw new Refused('no_match')
      const owed = await fundAccount(tx, fundId, 'state_budget', 'due_to_donations')
      return [
        { debit: bank, credit: due, amountVnd },
        { debit: owed, credit: await budgetBank(tx, fundId), amountVnd },
      ]
    }
    case 'cash_banked': {
      const from = await fundAccount(tx, fundId, 'donation', 'cash_box')
      // No more is banked than was given in cash.
      if ((await lockedBalance(tx, from)) < amountVnd) throw new Refused('no_match')
      return [{ debit: bank, credit: from, amountVnd }]
    }
  }
}

/** Cash that somebody wrote down as carried to this account, of just this sum, is what the bank tells of: the oldest first. */
async function matchDeposit({ tx, decisionId }: Deciding, { id }: OwnAccount, amountVnd: bigint): Promise<void> {
  const [deposit] = await tx
    .select({ id: cashDeposits.id })
    .from(cashDeposits)
    .where(
      and(
        ...[eq(cashDeposits.receivingAccountId, id), eq(cashDeposits.amountVnd, amountVnd), isNull(cashDeposits.withdrawnAt)],
        notExists(
          tx
            .select({ id: bankDecisions.id })
            .from(bankDecisions)
            .where(and(eq(bankDecisions.cashDepositId, cashDeposits.id), isNull(bankDecisions.undoneAt))),
        ),
      ),
    )
    .orderBy(asc(cashDeposits.id))
    .limit(1)
    .for('update')
  if (deposit) await tx.update(bankDecisions).set({ cashDepositId: deposit.id }).where(eq(bankDecisions.id, decisionId))
}

async function budgetBank(tx: Transaction, fundId: number): Promise<BookAccount> {
  const [account] = await tx
    .select({ ledgerId: ledgerAccounts.ledgerId, accountId: ledgerAccounts.id })
    .from(ledgerAccounts)
    .innerJoin(ledgers, eq(ledgers.id, ledgerAccounts.ledgerId))
    .where(
      and(
        ...[eq(ledgers.fundId, fundId), eq(ledgers.source, 'state_budget'), eq(ledgers.unit, 'VND')],
        ...[eq(ledgerAccounts.kind, 'bank'), isNull(ledgerAccounts.receivingAccountId)],
      ),
    )
  if (!account) throw new Error(`the budget of fund ${fundId} has no bank`)
  return account
}

/** A transfer between two accounts of one fund: it leaves one and comes to the other, and is no gift (bank / bank). */
export async function bookOwnTransfer(deciding: Deciding, one: LockedLine, other: LockedLine): Promise<void> {
  const [into, from] = one.line.direction === 'in' ? [one, other] : [other, one]
  isOpposite(into, from)
  if (into.line.receivingAccountId === from.line.receivingAccountId) throw new Refused('no_match')
  const target = await unbookGift(deciding, into)
  const source = ownOutgoing(from)
  await bookDecided(deciding, one, 'own_transfer', [{ debit: target.book, credit: source.book, amountVnd: into.line.amountVnd }])
  await moveOn(deciding, into, { state: 'settled' })
  await moveOn(deciding, from, { state: 'settled' })
}

/**
 * Money that is not ours: what came in is no gift, and what went out took it back, so that nothing of it stays in the
 * books. A line of an account that is not ours has nothing to be matched with.
 */
export async function bookNotOurs(deciding: Deciding, one: LockedLine, other: LockedLine | null): Promise<void> {
  if (!one.account) {
    if (one.line.state !== 'unknown_account' || other) throw new Refused('wrong_state')
    return moveOn(deciding, one, { state: 'settled' })
  }
  if (!other) throw new Refused('no_match')
  const [into, from] = one.line.direction === 'in' ? [one, other] : [other, one]
  isOpposite(into, from)
  if (into.line.receivingAccountId !== from.line.receivingAccountId) throw new Refused('no_match')
  ownOutgoing(from)
  // The entry that takes the gift back credits the bank: it books what went out as well.
  await unbookGift(deciding, into)
  await moveOn(deciding, into, { state: 'settled' })
  await moveOn(deciding, from, { state: 'settled' })
}

function isOpposite(into: LockedLine, from: LockedLine): void {
  const isSame = into.line.amountVnd === from.line.amountVnd && into.account?.fundId === from.account?.fundId
  if (into.line.direction !== 'in' || from.line.direction !== 'out' || !isSame) throw new Refused('no_match')
}

/** The account of a line that went out and is booked as nothing yet. */
export function ownOutgoing({ line, account }: LockedLine): OwnAccount {
  if (!account || line.state !== 'outgoing') throw new Refused('wrong_state')
  return account
}

/** Takes back that a line is a gift, in the books and on its pot, so that it can be booked as what it is. */
export async function unbookGift({ tx, decisionId, now }: Deciding, { line, account }: LockedLine): Promise<OwnAccount> {
  if (!account || (line.state !== 'unplaced' && line.state !== 'to_return')) throw new Refused('wrong_state')
  const [gift, ...others] = await standingDonations(tx, line.id)
  if (!gift) throw new Error(`bank line ${line.id} stands booked as nothing`)
  if (gift.replacesId !== null || others.length > 0) throw new Refused('placed_before')
  const taken = await takeOffLine(tx, gift, { decisionId, now })
  if (!taken.ok) throw new Refused(taken.refusal)
  await rememberEntry(tx, decisionId, await reverseEntry(tx, await standingEntry(tx, gift.entryId), `decision:${decisionId}:no-gift`, now))
  return account
}
