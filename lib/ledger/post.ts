import type { Transaction } from '../../db/client'
import { entries, postings } from '../../db/schema'
import type { BookAccount } from './books'

/** One debit account, one credit account, one positive amount: it cannot be out of balance. */
export interface Posting {
  debit: BookAccount
  credit: BookAccount
  /** Đồng, above zero. */
  amountVnd: bigint
}

export interface Entry {
  kind: string
  /** Names the outside fact; an entry with a known key is not written again. */
  idempotencyKey: string
  occurredAt: Date
  bookedAt: Date
  postings: [Posting, ...Posting[]]
}

/**
 * Writes an entry and its postings; the only way into the books.
 * @returns the entry's id, or null when the key was booked before
 */
export async function postEntry(tx: Transaction, entry: Entry): Promise<bigint | null> {
  for (const { debit, credit, amountVnd } of entry.postings) {
    if (amountVnd <= 0n) throw new RangeError(`a posting needs an amount above zero, not ${amountVnd}`)
    if (debit.ledgerId !== credit.ledgerId) throw new Error(`a posting cannot cross from ledger ${credit.ledgerId} to ${debit.ledgerId}`)
  }
  const { kind, idempotencyKey, occurredAt, bookedAt } = entry
  const [row] = await tx
    .insert(entries)
    .values({ kind, idempotencyKey, occurredAt, bookedAt })
    .onConflictDoNothing({ target: entries.idempotencyKey })
    .returning({ id: entries.id })
  if (!row) return null
  await tx.insert(postings).values(
    entry.postings.map(({ debit, credit, amountVnd }) => ({
      entryId: row.id,
      ledgerId: debit.ledgerId,
      debitAccountId: debit.accountId,
      creditAccountId: credit.accountId,
      amount: amountVnd,
    })),
  )
  return row.id
}
