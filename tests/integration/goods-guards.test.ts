import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { receiveBankNotice } from '../../lib/bank/commands'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
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
  const { code } = await makePledge(context, slug)
  await receiveBankNotice(context, bankNotice({ memo: code }))
  await makePledge(context, slug)
  await makeGoods(context, slug)
  for (let index = 0; index < 3; index++) await receiveGoods(context, (await makeGoods(context, slug)).code)
  await sequencePending(context.db, context.now())
  // One receipt still waits for its place.
  await receiveGoods(context, (await makeGoods(context, slug)).code)
})
afterAll(() => database.close())

const TABLES = ['postings', 'events', 'pledges', 'goods_receipts', 'goods_reversals', 'goods_intervals', 'goods_totals']
/** A receipt that is taken back by an entry and an event that say nothing of it. */
const FORGED_REVERSAL = `insert into goods_reversals select min(id), (select min(id) from entries), (select min(id) from events), 'wrong_count', 'x', 'x', now() from goods_receipts`

describe('reconciliation finds', () => {
  test('nothing where nothing is wrong', async () => {
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test.each<[RegExp, string[]]>([
    [/receipts that the ledger books otherwise/, [`update goods_receipts set units = units + 1`]],
    [
      /receipts without their one event/,
      [`update events set idempotency_key = 'x', kind = 'x' where goods_receipt_id = (select min(id) from goods_receipts)`],
    ],
    [
      /stretches of goods that differ from their events/,
      [
        `alter table goods_intervals drop constraint goods_intervals_chain`,
        `update goods_intervals set end_unit = end_unit + 1 where start_unit = (select max(start_unit) from goods_intervals)`,
      ],
    ],
    [
      /placed receipts of goods without a stretch/,
      [`delete from goods_intervals where start_unit = (select max(start_unit) from goods_intervals)`],
    ],
    [/totals of goods that differ from their stretches/, [`update goods_totals set receipts = receipts + 1`]],
    [
      /totals of goods that differ from the ledger/,
      [`update postings set amount = amount + 1 where entry_id = (select min(entry_id) from goods_receipts)`],
    ],
    [/taken back in one place and not in another/, [FORGED_REVERSAL]],
    [/received without a receipt/, [`update pledges set state = 'received' where method = 'goods' and state = 'open'`]],
    [
      /money on a line of goods/,
      [`update events set line_id = (select line_id from goods_lines) where id = (select min(event_id) from intervals)`],
    ],
    [/goods on a line of money/, [`update events set line_id = (select line_id from campaigns) where units is not null`]],
  ])('%s', async (name, statements) => {
    expect((await withFault(database, TABLES, statements, listDiscrepancies)).join('\n')).toMatch(name)
  })
})

const refusal = (statement: string) => refusalOf(context.db, statement)

describe('the tables refuse', () => {
  const goodsLine = `(select line_id from goods_lines)`
  const moneyLine = `(select line_id from campaigns)`
  const goodsLedger = `(select id from ledgers where unit <> 'VND')`
  const moneyLedger = `(select id from ledgers where unit = 'VND' and source = 'donation' order by id limit 1)`
  const stretch = `insert into goods_intervals (line_id, start_unit, end_unit, event_id, receipt_id)`
  const waiting = `(select max(id) from events where units is not null), (select max(id) from goods_receipts)`
  const pledge = `(select min(pledge_id) from goods_pledges)`
  test.each([
    [
      'a line of goods whose unit is đồng',
      `insert into goods_lines select id, unit, 1, 0 from lines where unit = 'VND' limit 1`,
      /goods_lines_never_money/,
    ],
    ['a campaign whose money goes to a line of goods', `update campaigns set line_id = ${goodsLine}`, /cannot become that/],
    [
      'a campaign whose surplus goes to a line of goods',
      `update campaigns set overflow_line_id = ${goodsLine}`,
      /campaigns_overflow_of_money/,
    ],
    [
      'a line of goods that belongs to no campaign',
      `insert into lines (fund_id, kind, unit) values (1, 'reserve', 'ao')`,
      /lines_goods_of_campaign/,
    ],
    [
      'a line of goods in a ledger of money',
      `with l as (insert into lines (fund_id, kind, unit) values (1, 'campaign', 'gao.kg') returning id)
        insert into ledger_accounts (ledger_id, source, kind, line_id) select ${moneyLedger}, 'donation', 'line', l.id from l`,
      /ledger_accounts_line_unit/,
    ],
    [
      'an account of money in a ledger of goods',
      `insert into ledger_accounts (ledger_id, source, kind, unit) select id, 'donation', 'cash_box', unit from ledgers where id = ${goodsLedger}`,
      /ledger_accounts_goods/,
    ],
    [
      'an account that says another unit than its ledger',
      `insert into ledger_accounts (ledger_id, source, kind, unit) select ${goodsLedger}, 'donation', 'cash_box', 'VND'`,
      /ledger_accounts_ledger_unit/,
    ],
    [
      'stock among money',
      `insert into ledger_accounts (ledger_id, source, kind) select ${moneyLedger}, 'donation', 'stock'`,
      /ledger_accounts_goods/,
    ],
    [
      'an event of goods that names an amount of money',
      `insert into events (kind, idempotency_key, day, facts, created_at, units, goods_receipt_id, amount_vnd) values ('x', 'x', '2026-11-23', '{}', now(), 1, 1, 1)`,
      /events_money_or_goods/,
    ],
    [
      'an event of units that no receipt tells of',
      `insert into events (kind, idempotency_key, day, facts, created_at, units) values ('x', 'x', '2026-11-23', '{}', now(), 1)`,
      /events_goods/,
    ],
    ['a gap in a line of goods', `${stretch} select ${goodsLine}, 900, 901, ${waiting}`, /goods_intervals_chain/],
    ['an overlap in a line of goods', `${stretch} select ${goodsLine}, 31, 60, ${waiting}`, /goods_intervals_(chain|end)/],
    [
      'a second stretch of one receipt',
      `${stretch} select ${goodsLine}, 90, 91, event_id, receipt_id from goods_intervals limit 1`,
      /goods_intervals_receipt_id_unique/,
    ],
    ['a stretch of goods on a line of money', `${stretch} select ${moneyLine}, 0, 1, ${waiting}`, /goods_intervals_line_id_goods_lines/],
    ['a pledge of goods that promises nothing', `delete from pledge_items`, /promises nothing/],
    [
      'units of a line that the campaign does not have',
      `insert into pledge_items select pledge_id, campaign_id, 9, 1 from goods_pledges`,
      /pledge_items_budget_line/,
    ],
    [
      'units promised by a pledge of money',
      `insert into pledge_items select id, campaign_id, 0, 1 from pledges where method <> 'goods' limit 1`,
      /pledge_items_pledge/,
    ],
    [
      'a pledge of money among those of goods',
      `insert into goods_pledges (pledge_id, campaign_id, nature) select id, campaign_id, 'goods' from pledges where method <> 'goods' limit 1`,
      /goods_pledges_pledge/,
    ],
    [
      'money for goods: a pledge of goods that says it is one of money',
      `update pledges set method = 'bank_transfer' where id = ${pledge}`,
      /pledges_pledged|goods_pledges_pledge/,
    ],
    ['a receipt that is taken back by what says nothing of it', FORGED_REVERSAL, /is not taken back as entry/],
    [
      'goods that come twice by one receipt',
      `insert into events (kind, idempotency_key, fund_id, line_id, day, units, facts, goods_receipt_id, created_at)
        select kind, 'x', fund_id, line_id, day, units, facts, goods_receipt_id, created_at from events where units is not null limit 1`,
      /events_goods_once/,
    ],
    [
      'a pledge of goods that is received before goods came',
      `update pledges set state = 'received' where method = 'goods'`,
      /by a receipt of goods alone/,
    ],
  ])('%s', async (_what, statement, words) => {
    expect(await refusal(statement)).toMatch(words)
  })

  test.each([
    ['of other units than its entry', `units + 1`, `entry_id`, /not what its pledge and entry|entry_id_unique/],
    ['booked by an entry of money', `units`, `(select min(entry_id) from donations)`, /not what its pledge and entry/],
  ])('a receipt %s', async (_what, units, entry, words) => {
    const columns = 'fund_id, pledge_id, line_id, condition, meets_standard, received_on, received_by, created_at'
    const statement = `insert into goods_receipts (${columns}, units, entry_id, form_key) select ${columns}, ${units}, ${entry}, 'forged' from goods_receipts limit 1`
    expect(await refusal(statement)).toMatch(words)
  })
})

describe('the application’s role', () => {
  beforeEach(({ skip }) => {
    if (database.engine === 'embedded') skip('the embedded engine has one role')
  })

  test.each([
    `delete from goods_pledges`,
    `update goods_receipts set units = 1`,
    `update goods_intervals set end_unit = 1`,
    `delete from goods_reversals`,
    `delete from goods_refusals`,
    `update goods_lines set unit = 'x'`,
  ])('may not: %s', async (statement) => {
    expect(await refusal(statement)).toMatch(/permission denied/)
  })
})
