import { desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bankTransactions, dayCloses, events, receivingAccounts } from '../../db/schema'
import { closeDay, tellPlaced } from '../../lib/bank/close'
import { listAccountDays } from '../../lib/bank/days'
import { undoDecision } from '../../lib/bank/undo'
import type { BankNotice } from '../../lib/bank/model'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let account: { id: number; fundId: number }

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context)
  const { id, fundId } = receivingAccounts
  const [found] = await context.db
    .select({ id, fundId })
    .from(receivingAccounts)
    .where(eq(receivingAccounts.accountNumber, ACCOUNTS['ha-noi']))
  if (!found) throw new Error('no account')
  account = found
})
afterAll(() => database.close())

/** A line as a statement has it, posted on a day. */
async function posted(day: string, notice: Partial<BankNotice> = {}): Promise<bigint> {
  const line = await bankLine(context, { transactedAt: new Date(`${day}T03:00:00Z`), ...notice })
  await context.db.update(bankTransactions).set({ postedOn: day }).where(eq(bankTransactions.id, line))
  return line
}
const view = async () => (await listAccountDays(context, account.fundId)).find(({ id }) => id === account.id)
const close = (day: string, openingVnd: bigint, closingVnd: bigint, by = 'ke-toan') =>
  closeDay(context, { accountId: account.id, day, openingVnd, closingVnd, by })
const FIRST = '2026-11-20'
const NEXT = '2026-11-21'

describe('a day of an account', () => {
  let waiting: bigint

  test('is closed when every line is known and the bank’s balances say the same', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await posted(FIRST, { memo: code, amountVnd: 500_000n })
    const fee = await posted(FIRST, { direction: 'out', amountVnd: 11_000n })
    waiting = await posted(FIRST, { amountVnd: 200_000n })
    await bankLine(context, { amountVnd: 7_000n, transactedAt: new Date(`${FIRST}T05:00:00Z`) })
    await posted(NEXT, { amountVnd: 90_000n })
    expect((await view())?.next).toMatchObject({
      ...{ day: FIRST, openingVnd: null, linesIn: 2, sumInVnd: 700_000n, linesOut: 1, sumOutVnd: 11_000n, waiting: 2 },
      ...{ notOnStatement: 1, notOnStatementVnd: 7_000n, lateLines: 0 },
    })
    expect(await close(FIRST, 1_000_000n, 1_689_000n)).toMatchObject({ refusal: 'unclassified' })
    value(await say(context, fee, { kind: 'fee' }))
    value(await say(context, waiting, { kind: 'keep_unplaced' }))
    expect(await close(FIRST, 1_000_000n, 1_689_001n)).toMatchObject({ refusal: 'does_not_add_up' })
    expect(await close(NEXT, 1_689_000n, 1_779_000n)).toMatchObject({ refusal: 'not_next' })
    expect(await tellPlaced(context, account.id, FIRST)).toBe(1)
    expect(await tellPlaced(context, account.id, FIRST)).toBe(0)
    const [one, two] = await Promise.all([close(FIRST, 1_000_000n, 1_689_000n, 'an'), close(FIRST, 1_000_000n, 1_689_000n, 'binh')])
    expect(one).toEqual(two)
    expect(await close(FIRST, 1_000_000n, 1_000_000n)).toMatchObject({ refusal: 'closed_already' })
    expect(await context.db.$count(dayCloses)).toBe(1)
    const [told] = await context.db.select().from(events).where(eq(events.kind, 'day_closed'))
    expect(told).toMatchObject({
      day: FIRST,
      facts: {
        account: 'ha-noi 01',
        openingVnd: '1000000',
        closingVnd: '1689000',
        linesIn: 2,
        inVnd: '700000',
        linesOut: 1,
        outVnd: '11000',
      },
    })
    // Each line of it is told of, by alias and class.
    const lines = await context.db.select().from(events).where(eq(events.kind, 'line_classified'))
    expect(lines.map(({ facts }) => facts.class).sort()).toEqual(['fee', 'gift', 'unplaced'])
    expect(JSON.stringify(lines.map(({ facts }) => facts))).not.toContain('ung ho')
  })

  test('does not change: a line that comes late is counted in the next, with its true date', async () => {
    const late = await posted(FIRST, { amountVnd: 30_000n })
    value(await say(context, late, { kind: 'general' }))
    expect((await view())?.next).toMatchObject({ day: NEXT, openingVnd: 1_689_000n, linesIn: 2, sumInVnd: 120_000n, lateLines: 1 })
    const [other] = await context.db.select({ id: bankTransactions.id }).from(bankTransactions).where(eq(bankTransactions.postedOn, NEXT))
    value(await say(context, other?.id ?? 0n, { kind: 'general' }))
    expect(await close(NEXT, 1_600_000n, 1_720_000n)).toMatchObject({ refusal: 'opening_differs' })
    value(await close(NEXT, 1_689_000n, 1_809_000n))
    const [told] = await context.db.select().from(events).where(eq(events.kind, 'day_closed')).orderBy(desc(events.id)).limit(1)
    expect(told?.facts).toMatchObject({ lateLines: 1, late: [[String(late), FIRST]] })
    expect((await view())?.recent.map(({ day, lateLines }) => [day, lateLines])).toEqual([
      [NEXT, 1],
      [FIRST, 0],
    ])
  })

  test('a correction names the close', async () => {
    const { decisionId } = value(await say(context, waiting, { kind: 'general' }))
    const last = async () =>
      (await context.db.select().from(events).where(eq(events.kind, 'line_classified')).orderBy(desc(events.id)).limit(1))[0]?.facts
    expect(await last()).toMatchObject({ class: 'gift', corrects: FIRST })
    value(await undoDecision(context, { decisionId, reason: '', by: 'an' }))
    expect(await last()).toMatchObject({ class: 'waiting', corrects: FIRST })
    await sequencePending(context.db, context.now())
    expect(await listDiscrepancies(context.db)).toEqual([])
  })
})

describe('the tables refuse', () => {
  const values = (
    day: string,
    rest: string,
  ) => `insert into day_closes (receiving_account_id, day, opening_vnd, closing_vnd, lines_in, lines_out,
    sum_in_vnd, sum_out_vnd, late_lines, event_id, closed_by, closed_at) select ${account.id}, '${day}', ${rest}, (select max(id) from events), 'x', now()`
  test.each<[string, () => string, RegExp]>([
    ['another closing of a closed day', () => `update day_closes set closing_vnd = 1`, /append-only|permission denied/],
    ['a close that does not add up', () => values('2026-11-29', '1809000, 1809001, 0, 0, 0, 0, 0'), /day_closes_balance/],
    ['a close that does not begin where the last ended', () => values('2026-11-29', '5, 5, 0, 0, 0, 0, 0'), /does not follow/],
    ['a close before the last', () => values('2026-11-19', '1809000, 1809000, 0, 0, 0, 0, 0'), /does not follow/],
    ['a close with lines it has not', () => values('2026-11-29', '1809000, 1809005, 1, 0, 5, 0, 0'), /not what its lines come to/],
    [
      'a line that is added to a close',
      () =>
        `insert into day_close_lines (bank_transaction_id, close_id) select (select max(id) from bank_transactions), min(id) from day_closes`,
      /not one of close/,
    ],
    ['another posting day', () => `update bank_transactions set posted_on = '2026-11-01' where posted_on is not null`, /posting day/],
    [
      'a line of a closed day that becomes none',
      () => `update bank_transactions set state = 'duplicate', duplicate_of_id = id where posted_on = '${FIRST}'`,
      /closed/,
    ],
  ])('%s', async (_what, statement, words) => {
    expect(await refusalOf(context.db, statement())).toMatch(words)
    expect(await context.db.$count(dayCloses, sql`true`)).toBe(2)
  })
})
