import type { Transaction } from '../../db/client'
import { fundAccount, type BookAccount } from '../ledger/books'
import type { Posting } from '../ledger/post'

/**
 * Postings of what cards cost: Stripe's fees, and what a change of rates makes of money that goes back. Donated money
 * pays for children only, so the state budget owes it to the donations (money.md §2). Below zero, a cost came back.
 * @param account of the donation ledger, which the cost left
 * @returns none where nothing was lost or won
 */
export async function costPostings(tx: Transaction, fundId: number, account: BookAccount, costVnd: bigint): Promise<Posting[]> {
  if (costVnd === 0n) return []
  const due = await fundAccount(tx, fundId, 'donation', 'due_from_state_budget')
  const expense = await fundAccount(tx, fundId, 'state_budget', 'admin_expense')
  const owed = await fundAccount(tx, fundId, 'state_budget', 'due_to_donations')
  const amountVnd = costVnd > 0n ? costVnd : -costVnd
  return costVnd > 0n
    ? [
        { debit: due, credit: account, amountVnd },
        { debit: expense, credit: owed, amountVnd },
      ]
    : [
        { debit: account, credit: due, amountVnd },
        { debit: owed, credit: expense, amountVnd },
      ]
}
