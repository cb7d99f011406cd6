import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Transaction } from '../../db/client'
import { entries, funds, ledgerAccounts, ledgers, postings } from '../../db/schema'
import { fundLine, lineAccount, openFundBooks, type BookAccount } from '../../lib/ledger/books'
import { postEntry } from '../../lib/ledger/post'
import { loadPlanData } from '../../lib/plans/load'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let general: BookAccount
let unplaced: BookAccount
let elsewhere: BookAccount
let keys = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await loadPlanData(context)
  const [first, second] = await context.db.select().from(funds)
  if (!first || !second) throw new Error('no funds')
  general = await lineAccount(context.db, await fundLine(context.db, first.id, 'general'))
  unplaced = await lineAccount(context.db, await fundLine(context.db, first.id, 'unplaced'))
  elsewhere = await lineAccount(context.db, await fundLine(context.db, second.id, 'general'))
})
afterAll(() => database.close())

const now = () => context.now()
const inTransaction = <T>(work: (tx: Transaction) => Promise<T>) => context.db.transaction(work)
const entry = () => ({ kind: 'test', idempotencyKey: `test:${keys++}`, occurredAt: now(), bookedAt: now() })

async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    return `${error instanceof Error ? error.message : ''} ${cause}`
  }
  return 'accepted'
}

const rawEntry = async (tx: Transaction, reversesEntryId: bigint | null = null): Promise<bigint> => {
  const [row] = await tx
    .insert(entries)
    .values({ ...entry(), reversesEntryId })
    .returning({ id: entries.id })
  if (!row) throw new Error('no entry')
  return row.id
}
const rawPosting = (tx: Transaction, entryId: bigint, debit: BookAccount, credit: BookAccount, amount: bigint, ledgerId = debit.ledgerId) =>
  tx.insert(postings).values({ entryId, ledgerId, debitAccountId: debit.accountId, creditAccountId: credit.accountId, amount })

describe('an entry', () => {
  test('is written once for one key', async () => {
    const one = {
      ...entry(),
      postings: [{ debit: general, credit: unplaced, amountVnd: 5n }] as [{ debit: BookAccount; credit: BookAccount; amountVnd: bigint }],
    }
    expect(await inTransaction((tx) => postEntry(tx, one))).not.toBeNull()
    expect(await inTransaction((tx) => postEntry(tx, one))).toBeNull()
    expect(await context.db.$count(entries, eq(entries.idempotencyKey, one.idempotencyKey))).toBe(1)
  })

  test('without a posting cannot be kept', async () => {
    expect(await refusal(() => inTransaction((tx) => rawEntry(tx)))).toMatch(/no posting/)
  })

  test('takes no posting afterwards', async () => {
    const id = await inTransaction((tx) => postEntry(tx, { ...entry(), postings: [{ debit: general, credit: unplaced, amountVnd: 5n }] }))
    if (id === null) throw new Error('no entry')
    expect(await refusal(() => inTransaction((tx) => rawPosting(tx, id, general, unplaced, 1n)))).toMatch(/nothing can be added/)
  })

  test.each([0n, -1n])('of %s đồng is refused by code and by the table', async (amountVnd) => {
    expect(
      await refusal(() =>
        inTransaction((tx) => postEntry(tx, { ...entry(), postings: [{ debit: general, credit: unplaced, amountVnd }] })),
      ),
    ).toMatch(/above zero/)
    expect(await refusal(() => inTransaction(async (tx) => rawPosting(tx, await rawEntry(tx), general, unplaced, amountVnd)))).toMatch(
      /postings_amount_positive/,
    )
  })

  test('from one account to itself is refused', async () => {
    expect(await refusal(() => inTransaction(async (tx) => rawPosting(tx, await rawEntry(tx), general, general, 1n)))).toMatch(
      /postings_two_accounts/,
    )
  })

  test('cannot cross from one ledger to another', async () => {
    expect(
      await refusal(() =>
        inTransaction((tx) => postEntry(tx, { ...entry(), postings: [{ debit: general, credit: elsewhere, amountVnd: 1n }] })),
      ),
    ).toMatch(/cannot cross/)
    for (const ledgerId of [general.ledgerId, elsewhere.ledgerId]) {
      expect(
        await refusal(() => inTransaction(async (tx) => rawPosting(tx, await rawEntry(tx), general, elsewhere, 1n, ledgerId))),
      ).toMatch(/postings_(debit|credit)/)
    }
  })
})

describe('an entry of a command inside another transaction', () => {
  test('is written there as anywhere, and is complete afterwards', async () => {
    const id = await inTransaction((tx) =>
      tx.transaction((part) => postEntry(part, { ...entry(), postings: [{ debit: general, credit: unplaced, amountVnd: 5n }] })),
    )
    if (id === null) throw new Error('no entry')
    const late = () => inTransaction((tx) => tx.transaction((part) => rawPosting(part, id, general, unplaced, 1n)))
    expect(await refusal(late)).toMatch(/is complete/)
    expect(await refusal(() => inTransaction((tx) => rawPosting(tx, id, general, unplaced, 1n)))).toMatch(/is complete/)
  })
})

describe('a reversal', () => {
  const booked = async () => {
    const id = await inTransaction((tx) => postEntry(tx, { ...entry(), postings: [{ debit: general, credit: unplaced, amountVnd: 7n }] }))
    if (id === null) throw new Error('no entry')
    return id
  }

  test('mirrors what it reverses, once', async () => {
    const id = await booked()
    const reverse = () => inTransaction(async (tx) => rawPosting(tx, await rawEntry(tx, id), unplaced, general, 7n))
    expect(await refusal(reverse)).toBe('accepted')
    expect(await refusal(reverse)).toMatch(/reverses_entry_id/)
  })

  test('of another amount or direction is refused', async () => {
    const id = await booked()
    expect(await refusal(() => inTransaction(async (tx) => rawPosting(tx, await rawEntry(tx, id), unplaced, general, 6n)))).toMatch(
      /does not mirror/,
    )
    expect(await refusal(() => inTransaction(async (tx) => rawPosting(tx, await rawEntry(tx, id), general, unplaced, 7n)))).toMatch(
      /does not mirror/,
    )
  })
})

test('donated money pays for children only: no account for administration can stand among it', async () => {
  const [donation] = await context.db.select().from(ledgers).where(eq(ledgers.source, 'donation'))
  if (!donation) throw new Error('no ledger')
  const values = { ledgerId: donation.id, kind: 'admin_expense' as const }
  expect(await refusal(() => inTransaction((tx) => tx.insert(ledgerAccounts).values({ ...values, source: 'donation' })))).toMatch(
    /children_only/,
  )
  expect(await refusal(() => inTransaction((tx) => tx.insert(ledgerAccounts).values({ ...values, source: 'state_budget' })))).toMatch(
    /ledger_accounts_ledger/,
  )
})

test('opening a fund’s books twice changes nothing', async () => {
  const count = async () => [await context.db.$count(ledgers), await context.db.$count(ledgerAccounts)]
  const before = await count()
  const [fund] = await context.db.select({ id: funds.id }).from(funds)
  if (!fund) throw new Error('no fund')
  await inTransaction((tx) => openFundBooks(tx, fund.id))
  expect(await count()).toEqual(before)
})

test('intervals of a line form a chain without gap or overlap', async () => {
  const [row] = await context.db
    .select({ names: sql<string>`string_agg(conname, ',')` })
    .from(sql`pg_constraint`)
    .where(sql`conrelid = 'intervals'::regclass`)
  for (const name of ['intervals_chain', 'intervals_end', 'intervals_order']) expect(row?.names).toContain(name)
})
