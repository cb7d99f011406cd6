import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows, rowsParameter } from '../../db/rows'
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
  postings: readonly [Posting, ...Posting[]]
}

/**
 * Writes entries and their postings, in the order given; the only way into the books.
 * @returns each entry's id, or null where the key was booked before, be it by one before it in the same call
 */
export async function postEntries(tx: Transaction, given: readonly Entry[]): Promise<(bigint | null)[]> {
  const firsts = new Map<string, Entry>()
  for (const entry of given) if (!firsts.has(entry.idempotencyKey)) firsts.set(entry.idempotencyKey, entry)
  const rows = [...firsts.values()].map(({ kind, idempotencyKey, occurredAt, bookedAt }) => ({
    kind,
    idempotencyKey,
    occurredAt,
    bookedAt,
  }))
  const written = tx
    .$with('written', { id: entries.id, key: entries.idempotencyKey })
    .as(sql`${insertRows(entries, rows)} on conflict (idempotency_key) do nothing returning id, idempotency_key`)
  const posted = tx.$with('posted', { id: postings.id }).as(sql`
    insert into ${postings} (entry_id, ledger_id, debit_account_id, credit_account_id, amount)
    select written.id, posting."ledgerId", posting.debit, posting.credit, posting."amountVnd"
    from jsonb_to_recordset(${rowsParameter([...firsts.values()].flatMap(postingRows))})
      as posting(number int, key text, "ledgerId" int, debit int, credit int, "amountVnd" bigint)
    join written on written.idempotency_key = posting.key order by written.id, posting.number returning id`)
  const made = await tx.with(written, posted).select().from(written).prepare('write entries').execute()
  const ids = new Map(made.map(({ id, key }) => [key, id]))
  return given.map((entry) => (firsts.get(entry.idempotencyKey) === entry ? (ids.get(entry.idempotencyKey) ?? null) : null))
}

function postingRows({ idempotencyKey, postings: own }: Entry) {
  return own.map(({ debit, credit, amountVnd }, number) => {
    if (amountVnd <= 0n) throw new RangeError(`a posting needs an amount above zero, not ${amountVnd}`)
    if (debit.ledgerId !== credit.ledgerId) throw new Error(`a posting cannot cross from ledger ${credit.ledgerId} to ${debit.ledgerId}`)
    return { number, key: idempotencyKey, ledgerId: debit.ledgerId, debit: debit.accountId, credit: credit.accountId, amountVnd }
  })
}

/** Writes one entry. @returns its id, or null when the key was booked before */
export async function postEntry(tx: Transaction, entry: Entry): Promise<bigint | null> {
  const [id] = await postEntries(tx, [entry])
  return id ?? null
}
