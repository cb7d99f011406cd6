import { and, desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { bankDecisions, bankTransactions, dayCloses, donations, events, receivingAccounts } from '../../db/schema'
import { closeDay, closeDays, tellPlaced, type StatedDay } from '../../lib/bank/close'
import { listAccountDays } from '../../lib/bank/days'
import { decideLine } from '../../lib/bank/decide'
import { undoDecision } from '../../lib/bank/undo'
import type { BankNotice } from '../../lib/bank/model'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { addDays } from '../../lib/time/day'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { ACCOUNTS, makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { meet } from '../setup/meeting'
import { rowsRead } from '../setup/rows-read'
import { within } from '../setup/watched'

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
        lines: [[String(waiting - 2n), String(waiting + 1n)]],
        linesIn: 2,
        inVnd: '700000',
        linesOut: 1,
        outVnd: '11000',
      },
    })
    // Each line of it is told of, by alias and class.
    const lines = await context.db.select().from(events).where(eq(events.kind, 'line_classified'))
    expect(lines.map(({ facts }) => facts.class).sort()).toEqual(['fee', 'gift', 'unplaced'])
    const gifts = await context.db.select().from(donations).where(eq(donations.bankTransactionId, waiting))
    expect(lines.find(({ facts }) => facts.class === 'unplaced')?.facts.target).toEqual({ gifts: gifts.map(({ id }) => String(id)) })
    expect(lines.find(({ facts }) => facts.class === 'gift')?.facts).toMatchObject({ target: { gifts: [expect.stringMatching(/^\d+$/)] } })
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
    // It is kept unplaced again, as somebody had said.
    expect(await last()).toMatchObject({ class: 'unplaced', corrects: FIRST, target: { gifts: [expect.any(String)] } })
    await sequencePending(context.db, context.now())
    expect(await listDiscrepancies(context.db)).toEqual([])
  })
})

describe('a line that a notice told of and a statement tells of in other words', () => {
  const DAY = '2026-11-23'
  const OPENING = 1_809_000n
  const row = async (id: bigint) => {
    const { state, postedOn } = bankTransactions
    return (await context.db.select({ state, postedOn }).from(bankTransactions).where(eq(bankTransactions.id, id)))[0]
  }
  const tell = (number: number, amountVnd: bigint) =>
    bankLine(context, {
      ...{ provider: 'statement', providerEventId: `77/${number}`, reference: `FILE${number}`, memo: 'CT DEN', amountVnd },
      ...{ transactedAt: new Date(`${DAY}T01:00:00Z`), runningBalanceVnd: null },
      stated: { fileId: 77n, postedOn: DAY, lookAlikeId: null, isSureOnly: false },
    })
  const hear = async (amountVnd: bigint) => {
    const { code } = await makePledge(context, campaign.slug)
    return bankLine(context, { memo: code, amountVnd, transactedAt: new Date(`${DAY}T02:00:00Z`) })
  }
  let heard: bigint
  let told: bigint
  let decisionId: bigint

  test('said to be the same, it is counted in the bank’s day; taken back, both stand as before', async () => {
    heard = await hear(61_000n)
    told = await tell(1, 61_000n)
    expect(await row(told)).toEqual({ state: 'possible_duplicate', postedOn: DAY })
    for (const by of ['an', 'binh']) {
      ;({ decisionId } = value(await say(context, told, { kind: 'same' }, by)))
      expect(await row(heard)).toEqual({ state: 'placed', postedOn: DAY })
      expect((await view())?.next).toMatchObject({ day: DAY, linesIn: 1, sumInVnd: 61_000n, waiting: 0, notOnStatement: 1 })
      value(await undoDecision(context, { decisionId, reason: '', by }))
      expect([await row(heard), await row(told)]).toEqual([
        { state: 'placed', postedOn: null },
        { state: 'possible_duplicate', postedOn: DAY },
      ])
    }
  })

  test('two people who say so at once write it once, and who says otherwise is told', async () => {
    const wish = (by: string, kind: 'same' | 'not_same') => {
      const key = `at-once-${by}`
      return decideLine(context, { lineId: told, decision: { kind }, seen: 'possible_duplicate.0', reason: '', by, key })
    }
    const said = await Promise.all([wish('an', 'same'), wish('binh', 'not_same'), wish('cuc', 'same')])
    expect(said.map((one) => (one.ok ? 'written' : one.refusal)).sort()).toEqual(['decided_already', 'decided_already', 'written'])
    const [winner] = await context.db
      .select()
      .from(bankDecisions)
      .where(sql`idempotency_key like 'at-once-%'`)
    expect(await row(heard)).toEqual({ state: 'placed', postedOn: winner?.kind === 'same' ? DAY : null })
    await sequencePending(context.db, context.now())
    value(await undoDecision(context, { decisionId: winner?.id ?? 0n, reason: '', by: 'an' }))
  })

  test('through another that is the same as a third; what a later decision carried on stays', async () => {
    const again = await bankLine(context, {
      ...{ provider: 'casso', memo: 'khac', amountVnd: 61_000n, reference: null, runningBalanceVnd: null },
      transactedAt: new Date(`${DAY}T02:01:00Z`),
    })
    expect(await row(again)).toEqual({ state: 'possible_duplicate', postedOn: null })
    await context.db.update(bankTransactions).set({ duplicateOfId: again }).where(eq(bankTransactions.id, told))
    const first = value(await say(context, told, { kind: 'same' }))
    expect([await row(again), await row(heard)]).toEqual([
      { state: 'possible_duplicate', postedOn: DAY },
      { state: 'placed', postedOn: null },
    ])
    const second = value(await say(context, again, { kind: 'same' }))
    expect(await row(heard)).toEqual({ state: 'placed', postedOn: DAY })
    expect(await undoDecision(context, { ...first, reason: '', by: 'an' })).toMatchObject({ refusal: 'stays' })
    value(await undoDecision(context, { ...second, reason: '', by: 'an' }))
    expect(await row(heard)).toEqual({ state: 'placed', postedOn: null })
    value(await undoDecision(context, { ...first, reason: '', by: 'an' }))
    // Two that are each the other would leave nothing of the money.
    await context.db.update(bankTransactions).set({ duplicateOfId: told }).where(eq(bankTransactions.id, again))
    const half = value(await say(context, told, { kind: 'same' }))
    expect(await say(context, again, { kind: 'same' })).toMatchObject({ refusal: 'wrong_state' })
    expect((await row(again))?.state).toBe('possible_duplicate')
    value(await undoDecision(context, { ...half, reason: '', by: 'an' }))
    await context.db.update(bankTransactions).set({ duplicateOfId: heard }).where(eq(bankTransactions.id, again))
    // The other way round: the day goes through what was the same before.
    const early = value(await say(context, again, { kind: 'same' }))
    const late = value(await say(context, told, { kind: 'same' }))
    expect(await row(heard)).toEqual({ state: 'placed', postedOn: DAY })
    expect(await undoDecision(context, { ...early, reason: '', by: 'an' })).toMatchObject({ refusal: 'stays' })
    ;({ decisionId } = late)
  })

  test('the day closes with what the bank says; after that it is not taken back', async () => {
    const at = await view()
    expect(at?.next).toMatchObject({ day: DAY, openingVnd: OPENING, linesIn: 1, waiting: 0 })
    // Whoever takes it back at the same moment comes before the close or after it.
    const [closed, undone] = await Promise.all([
      close(DAY, OPENING, OPENING + 61_000n),
      undoDecision(context, { decisionId, reason: '', by: 'an' }),
    ])
    if (closed.ok) expect(undone).toMatchObject({ refusal: 'in_closed_day' })
    else {
      expect([closed.refusal, undone.ok]).toEqual(['unclassified', true])
      ;({ decisionId } = value(await say(context, told, { kind: 'same' })))
      value(await close(DAY, OPENING, OPENING + 61_000n))
    }
    expect(await undoDecision(context, { decisionId, reason: '', by: 'an' })).toMatchObject({ refusal: 'in_closed_day' })
    expect(await row(heard)).toEqual({ state: 'placed', postedOn: DAY })
    await sequencePending(context.db, context.now())
    expect(await listDiscrepancies(context.db)).toEqual([])
  })
})

describe('the tables refuse', () => {
  const values = (
    day: string,
    rest: string,
  ) => `insert into day_closes (receiving_account_id, day, opening_vnd, closing_vnd, lines_in, lines_out,
    sum_in_vnd, sum_out_vnd, late_lines, event_id, closed_by, closed_at) select ${account.id}, '${day}', ${rest}, (select min(id) from events), 'x', now()`
  test.each<[string, () => string, RegExp]>([
    ['another closing of a closed day', () => `update day_closes set closing_vnd = 1`, /append-only|permission denied/],
    ['a close that does not add up', () => values('2026-11-29', '1870000, 1870001, 0, 0, 0, 0, 0'), /day_closes_balance/],
    ['a close that does not begin where the last ended', () => values('2026-11-29', '5, 5, 0, 0, 0, 0, 0'), /does not follow/],
    ['a close before the last', () => values('2026-11-19', '1870000, 1870000, 0, 0, 0, 0, 0'), /does not follow/],
    ['a close with lines it has not', () => values('2026-11-29', '1870000, 1870005, 1, 0, 5, 0, 0'), /not what its lines come to/],
    [
      'a line that is added to a close',
      () =>
        `insert into day_close_lines (bank_transaction_id, close_id) select (select max(id) from bank_transactions), min(id) from day_closes`,
      /not one of close/,
    ],
    ['another posting day', () => `update bank_transactions set posted_on = '2026-11-01' where posted_on is not null`, /posting day/],
    ['no posting day any more', () => `update bank_transactions set posted_on = null where posted_on is not null`, /posting day/],
    [
      'a posting day that no decision carried over',
      () => `insert into bank_posting_days select min(d.id), min(b.id), min(b.id), '2026-11-20' from bank_decisions d, bank_transactions b`,
      /does not tell the posting day/,
    ],
    [
      'a line of a closed day that becomes none',
      () => `update bank_transactions set state = 'duplicate', duplicate_of_id = id where posted_on = '${FIRST}'`,
      /closed/,
    ],
  ])('%s', async (_what, statement, words) => {
    expect(await refusalOf(context.db, statement())).toMatch(words)
    expect(await context.db.$count(dayCloses, sql`true`)).toBe(3)
  })
})

test('several days close together or not at all, each with its own lines', async () => {
  for (const [day, amountVnd] of [
    ['2026-11-24', 5_000n],
    ['2026-11-24', 6_000n],
    ['2026-11-22', 7_000n],
    ['2026-11-26', 8_000n],
  ] as const)
    value(await say(context, await posted(day, { amountVnd }), { kind: 'keep_unplaced' }))
  const closing = 1_870_000n
  const stated = (day: string, openingVnd: bigint, inVnd: bigint): StatedDay => ({ day, openingVnd, closingVnd: openingVnd + inVnd })
  const [one, two] = [stated('2026-11-24', closing, 18_000n), stated('2026-11-26', closing + 18_000n, 8_000n)]
  const together = (...days: StatedDay[]) => closeDays(context, { accountId: account.id, days, by: 'an' })
  expect([await together(two), await together(one, stated('2026-11-25', two.openingVnd, 0n), two), await together(two, one)]).toMatchObject(
    [...[{ refusal: 'not_next' }, { refusal: 'not_next' }, { refusal: 'not_next' }]],
  )
  expect(await together(one, stated('2026-11-26', closing, 8_000n))).toMatchObject({ refusal: 'opening_differs' })
  expect(await together(one, stated('2026-11-26', two.openingVnd, 9_000n))).toMatchObject({ refusal: 'does_not_add_up' })
  expect(await context.db.$count(dayCloses)).toBe(3)
  const closed = value(await together(one, two))
  expect(value(await together(one, two))).toEqual(closed)
  expect(await together(two, stated('2026-11-27', 0n, 0n))).toMatchObject({ refusal: 'closed_already' })
  const { day, linesIn, sumInVnd, lateLines } = dayCloses
  const closes = await context.db.select({ day, linesIn, sumInVnd, lateLines }).from(dayCloses).orderBy(day)
  expect(closes.slice(-2)).toEqual([
    { day: '2026-11-24', linesIn: 3, sumInVnd: 18_000n, lateLines: 1 },
    { day: '2026-11-26', linesIn: 1, sumInVnd: 8_000n, lateLines: 0 },
  ])
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('closing a day reads what came since the last one and what came late, however much was before', async () => {
  const settled = (from: number, until: number) =>
    context.db.execute(sql`insert into bank_transactions (receiving_account_id, account_number, direction, amount_vnd, memo, transacted_at,
        posted_on, provider, state, created_at)
      select ${account.id}, ${ACCOUNTS['ha-noi']}, 'in', 1000, '', day + interval '9 hours', day::date, 'statement', 'settled', now()
      from generate_series(${from}::int, ${until}::int) as day_number,
        lateral (select '2026-12-01'::timestamptz + day_number * interval '1 day' as day) as days, generate_series(1, 50)`)
  const TABLES = ['bank_transactions', 'unclosed_lines', 'day_closes', 'day_close_lines', 'events']
  const reading = (work: (inside: TestContext) => Promise<unknown>) => rowsRead(context, TABLES, work)
  const stated = (number: number): StatedDay => {
    const openingVnd = 1_896_000n + BigInt(number) * 50_000n
    return { day: addDays('2026-12-01', number), openingVnd, closingVnd: openingVnd + 50_000n }
  }
  const DAYS = 40
  await settled(0, DAYS - 1)
  const days = Array.from({ length: DAYS }, (_, number) => stated(number))
  const together = await reading(async (inside) => value(await closeDays(inside, { accountId: account.id, days, by: 'an' })))
  // Each line some times, and not once for each day.
  expect(together).toBeLessThan(DAYS * 50 * 20)

  await settled(DAYS, DAYS)
  const late = await posted('2026-12-03', { amountVnd: 7_000n })
  value(await say(context, late, { kind: 'general' }))
  const { day, openingVnd, closingVnd } = stated(DAYS)
  const next = await reading(async (inside) => {
    const seen = (await listAccountDays(inside, account.fundId)).find(({ id }) => id === account.id)?.next
    expect(seen).toMatchObject({ day, openingVnd, linesIn: 51, lateLines: 1, late: [{ id: String(late), postedOn: '2026-12-03' }] })
    await tellPlaced(inside, account.id, day)
    value(await closeDay(inside, { accountId: account.id, day, openingVnd, closingVnd: closingVnd + 7_000n, by: 'an' }))
  })
  expect(next).toBeLessThan(51 * 24)
})

test('before a day is closed it is told of each line what it is, once, also where an entry said last that it waits', async () => {
  const day = '2027-06-01'
  const lineId = await posted(day, { amountVnd: 30_000n })
  const { decisionId } = value(await say(context, lineId, { kind: 'keep_unplaced' }))
  // As versions before told it of every line of which a decision was taken back.
  const waits = { account: 'ha-noi 01', line: String(lineId), direction: 'in', class: 'waiting', happenedOn: day }
  await context.db.insert(events).values({
    ...{ kind: 'line_classified', idempotencyKey: `undo:old:line:${lineId}`, fundId: account.fundId, day, amountVnd: 30_000n },
    ...{ facts: waits, createdAt: context.now() },
  })
  const classes = async () => {
    await tellPlaced(context, account.id, day)
    const told = await context.db
      .select({ is: sql`${events.facts}->>'class'` })
      .from(events)
      .where(and(eq(events.kind, 'line_classified'), sql`${events.facts}->>'line' = ${String(lineId)}`))
      .orderBy(events.id)
    return told.map(({ is }) => is)
  }
  expect(await classes()).toEqual(['unplaced', 'waiting', 'unplaced'])
  expect(await classes()).toEqual(['unplaced', 'waiting', 'unplaced'])
  value(await undoDecision(context, { decisionId, reason: '', by: 'an' }))
  expect((await classes()).at(-1)).toBe('waiting')
  value(await say(context, lineId, { kind: 'keep_unplaced' }))
  expect((await classes()).at(-1)).toBe('unplaced')
})

// Two meet on PostgreSQL alone: the embedded engine has one connection.
test.runIf(inject('engine') === 'postgres')(
  'a line that comes, or is taken back, while its day is closed is refused with the close, and told of in the next',
  async () => {
    const { owner, handle } = database
    const next = (await view())?.next
    const [day, openingVnd] = [next?.day ?? '', next?.openingVnd ?? 0n]
    const { code } = await makePledge(context, campaign.slug)
    let came = 0n
    const closed = await meet(
      owner ?? handle,
      (tx) => tx.execute(sql`lock table day_closes in share mode`),
      () => close(day, openingVnd, openingVnd + 30_000n),
      async () => (came = await posted(day, { memo: code, amountVnd: 5_000n })),
    )
    expect(closed).toEqual({ ok: false, refusal: 'lines_meanwhile' })
    // What somebody is just taking back is waited for.
    const line = await posted(day, { amountVnd: 1_000n })
    const { decisionId } = value(await say(context, line, { kind: 'keep_unplaced' }))
    const undone = await meet(
      handle,
      async (tx) => value(await undoDecision(within(context, tx), { decisionId, reason: '', by: 'an' })),
      () => close(day, openingVnd, openingVnd + 36_000n),
    )
    expect(undone).toEqual({ ok: false, refusal: 'unclassified' })
    value(await say(context, line, { kind: 'keep_unplaced' }))
    expect((await view())?.next).toMatchObject({ day, linesIn: 3, sumInVnd: 36_000n, waiting: 0 })
    value(await close(day, openingVnd, openingVnd + 36_000n))
    const told = await context.db
      .select({ kind: events.kind, is: sql`${events.facts}->>'class'` })
      .from(events)
      .where(sql`kind = 'day_closed' or ${events.facts}->>'line' = ${String(came)}`)
      .orderBy(desc(events.id))
      .limit(2)
    expect(told).toEqual([
      { kind: 'day_closed', is: null },
      { kind: 'line_classified', is: 'gift' },
    ])
  },
)
