import { asc, eq, sql } from 'drizzle-orm'
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
  /** The entry that this one takes back, posting by posting. */
  reversesEntryId?: bigint
  postings: readonly [Posting, ...Posting[]]
}

/**
 * Writes entries and their postings, in the order given; the only way into the books.
 * @returns each entry's id, or null where the key was booked before, be it by one before it in the same call
 */
export async function postEntries(tx: Transaction, given: readonly Entry[]): Promise<(bigint | null)[]> {
  const firsts = new Map<string, Entry>()
  for (const entry of given) if (!firsts.has(entry.idempotencyKey)) firsts.set(entry.idempotencyKey, entry)
  const rows = [...firsts.values()].map(({ kind, idempotencyKey, occurredAt, bookedAt, reversesEntryId }) => ({
    ...{ kind, idempotencyKey, occurredAt, bookedAt, reversesEntryId },
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

/**
 * Takes an entry back by one that mirrors it (money.md §2). An entry is taken back once: the database refuses a second time.
 * @returns the id of the entry that takes it back
 */
export async function reverseEntry(tx: Transaction, entryId: bigint, key: string, now: Date): Promise<bigint> {
  const rows = await tx.select().from(postings).where(eq(postings.entryId, entryId)).orderBy(asc(postings.id))
  const [first, ...others] = rows.map(({ ledgerId, debitAccountId, creditAccountId, amount }) => ({
    debit: { ledgerId, accountId: creditAccountId },
    credit: { ledgerId, accountId: debitAccountId },
    amountVnd: amount,
  }))
  if (!first) throw new Error(`entry ${entryId} has no posting`)
  const id = await postEntry(tx, {
    ...{ kind: 'reversal', idempotencyKey: key, occurredAt: now, bookedAt: now, reversesEntryId: entryId },
    postings: [first, ...others],
  })
  if (id === null) throw new Error(`${key} was booked before`)
  return id
}

/**
 * The entry by which a happening stands in the books: itself, or where it was taken back and that was taken back again,
 * the last that says the same. Throws where it stands no more.
 */
export async function standingEntry(tx: Transaction, entryId: bigint): Promise<bigint> {
  const reversalOf = async (id: bigint) => (await tx.select({ id: entries.id }).from(entries).where(eq(entries.reversesEntryId, id)))[0]?.id
  const taken = await reversalOf(entryId)
  if (taken === undefined) return entryId
  const again = await reversalOf(taken)
  if (again === undefined) throw new Error(`entry ${entryId} stands no more`)
  return standingEntry(tx, again)
}

/** The entry by which a happening was taken back, and that stands. Throws where it was not. */
export async function standingReversal(tx: Transaction, entryId: bigint): Promise<bigint> {
  const [taken] = await tx.select({ id: entries.id }).from(entries).where(eq(entries.reversesEntryId, entryId))
  if (!taken) throw new Error(`entry ${entryId} was not taken back`)
  return standingEntry(tx, taken.id)
}
