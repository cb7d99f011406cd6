import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { receivingAccounts } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { approveRetirement, proposeRetirement } from '../../lib/funds/commands'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf, withFault } from '../setup/faults'

let database: TestDatabase
let context: TestContext

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  const { slug } = await makeCampaign(context)
  for (let index = 0; index < 4; index++) {
    const { code } = await makePledge(context, slug)
    await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: BigInt(100_000 + index) }))
  }
  await receiveBankNotice(context, bankNotice({ direction: 'out', amountVnd: 1n }))
  await sequencePending(context.db, context.now())
})
afterAll(() => database.close())

const TABLES = [
  'postings',
  'entries',
  'donations',
  'events',
  'event_positions',
  'intervals',
  'line_totals',
  'day_totals',
  'bank_transactions',
]

describe('reconciliation finds', () => {
  test('nothing where nothing is wrong', async () => {
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test.each<[string, string[]]>([
    ['an entry without a posting', [`insert into entries (kind, idempotency_key, occurred_at, booked_at) values ('x', 'x', now(), now())`]],
    ['a donation that the ledger books otherwise', [`update postings set amount = amount + 1 where id = (select min(id) from postings)`]],
    [
      'a bank line that was not booked',
      [
        `update bank_transactions set state = 'placed' where direction = 'out'`,
        `update bank_transactions set direction = 'in' where direction = 'out'`,
      ],
    ],
    [
      'an event that nobody placed',
      [`insert into events (kind, idempotency_key, day, facts, created_at) values ('x', 'x', '2026-11-23', '{}', now())`],
    ],
    [
      'a gap in the positions',
      [
        `alter table event_positions drop constraint event_positions_chain`,
        `update event_positions set position = position + 5 where position = (select max(position) from event_positions)`,
      ],
    ],
    [
      'an interval that is not its event',
      [
        `alter table intervals drop constraint intervals_chain`,
        `update intervals set end_vnd = end_vnd + 1 where start_vnd = (select max(start_vnd) from intervals)`,
      ],
    ],
    ['a line total that is off', [`update line_totals set received_vnd = received_vnd + 1`]],
    ['a count of gifts that is off', [`update line_totals set gifts = gifts + 1`]],
    ['a day total that is off', [`update day_totals set received_vnd = received_vnd - 1`]],
  ])('%s', async (_what, statements) => {
    expect(await withFault(database, TABLES, statements, listDiscrepancies)).not.toEqual([])
  })
})

const refusal = (statement: string) => refusalOf(context.db, statement)

describe('the tables refuse', () => {
  const line = `(select line_id from line_totals limit 1)`
  const columns = `insert into intervals (line_id, start_vnd, end_vnd, event_id, donation_id)`
  const own = `(select min(event_id) from intervals), (select min(id) from donations)`

  test.each([
    ['a gap in a line', `${columns} select ${line}, 999000001, 999000002, ${own}`, /intervals_chain/],
    ['an overlap in a line', `${columns} select ${line}, 0, 5, ${own}`, /intervals_pk|intervals_line_id_start_vnd_pk|duplicate key/],
    [
      'an end that another interval has',
      `${columns} select line_id, start_vnd + 1, end_vnd, event_id, donation_id from intervals limit 1`,
      /intervals_end|intervals_chain/,
    ],
    [
      'a position after a gap',
      `insert into event_positions (position, event_id, sequenced_at) select 999, min(id), now() from events`,
      /event_positions/,
    ],
    ['a bank line that is told otherwise', `update bank_transactions set amount_vnd = 1`, /stays as it was told/],
    ['another number on an approved account', `update receiving_accounts set account_number = '66666'`, /approved by two people/],
    ['another approver on an approved account', `update receiving_accounts set approved_by = 'x'`, /approved by two people/],
  ])('%s', async (_what, statement, words) => {
    expect(await refusal(statement)).toMatch(words)
  })

  test('a donation that is not what its bank line says', async () => {
    const values = (more: string) => `
      with e as (insert into entries (kind, idempotency_key, occurred_at, booked_at) values ('x', 'forged', now(), now()) returning id),
      p as (insert into postings (entry_id, ledger_id, debit_account_id, credit_account_id, amount)
        select e.id, p.ledger_id, p.debit_account_id, p.credit_account_id, 5 from e, (select * from postings limit 1) p returning entry_id)
      insert into donations (fund_id, line_id, bank_transaction_id, entry_id, amount_vnd, received_at, created_at)
        select d.fund_id, d.line_id, ${more}, p.entry_id, 5, now(), now() from p, (select * from donations limit 1) d`
    expect(await refusal(values(`(select id from bank_transactions where direction = 'out')`))).not.toBe('accepted')
  })

  test('to let a retired account come back', async () => {
    const [account] = await context.db.select({ id: receivingAccounts.id }).from(receivingAccounts)
    expect(await refusal(`update receiving_accounts set retired_at = now() where id = ${account?.id}`)).toMatch(/two people/)
    const accountId = account?.id ?? 0
    value(await proposeRetirement(context, { accountId, proposedBy: 'an' }))
    value(await approveRetirement(context, { accountId, approvedBy: 'binh', delayDays: 3 }))
    expect(await refusal(`update account_retirements set retires_at = now()`)).toMatch(/stays/)
    expect(await refusal(`update receiving_accounts set retired_at = null where id = ${account?.id}`)).toMatch(/approved by two people/)
  })
})

describe('the application’s role', () => {
  beforeEach(({ skip }) => {
    if (database.engine === 'embedded') skip('the embedded engine has one role')
  })

  test.each([
    `create temporary table postings (entry_id bigint)`,
    `create table pending (id int)`,
    `create function f() returns int language sql as 'select 1'`,
    `alter table postings disable trigger user`,
    `set session_replication_role = replica`,
    `drop trigger append_only on entries`,
    `delete from pledges`,
    `update donations set amount_vnd = 1`,
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1)`,
  ])('may not: %s', async (statement) => {
    expect(await refusal(statement)).toMatch(/permission denied|must be owner/)
  })
})
