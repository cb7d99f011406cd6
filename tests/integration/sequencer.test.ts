import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayTotals, eventPositions, events, funds, intervals, lineTotals, lines, parkedEvents, pendingEvents } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { requeueParked } from '../../lib/sequencer/park'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { startSequencer } from '../../lib/sequencer/run'
import { sequenceBatch, sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { waitingEvents } from '../factories/public-log'
import { ACCOUNTS, makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const open: TestDatabase[] = []
let database: TestDatabase
let context: TestContext

async function site(): Promise<TestContext> {
  const made = await testDatabase()
  open.push(made)
  database = made
  const fresh = testContext(made.handle)
  await makeFunds(fresh)
  return fresh
}

beforeAll(async () => {
  context = await site()
})
afterAll(async () => {
  for (const made of open) await made.close()
})

/** A history of gifts to several lines, the same for every site it is told to. */
async function tellHistory(to: TestContext, perGift: (index: number) => Promise<void>): Promise<void> {
  const slugs = [
    await makeCampaign(to, { slug: 'mot' }),
    await makeCampaign(to, { slug: 'hai', category: 'hoc-bong' }),
    await makeCampaign(to, { slug: 'ba', fund: 'ninh-thuan' }),
  ]
  for (let index = 0; index < 60; index++) {
    const campaign = slugs[index % 3]
    if (!campaign) throw new Error('no campaign')
    const { code } = await makePledge(to, campaign.slug)
    const memo = index % 5 === 4 ? 'khong co ma' : code
    const accountNumber = campaign.slug === 'ba' ? ACCOUNTS['ninh-thuan'] : ACCOUNTS['ha-noi']
    const transactedAt = new Date(Date.UTC(2026, 10, 20, index, 30))
    await receiveBankNotice(
      to,
      bankNotice({
        memo,
        accountNumber,
        amountVnd: BigInt(10_000 + index * 137),
        transactedAt,
        providerEventId: `h${index}`,
        reference: `H${index}`,
      }),
    )
    await perGift(index)
  }
}

/** What the sequencer wrote, without what depends on the moment. */
async function written(of: TestContext) {
  const { db } = of
  return {
    positions: await db
      .select({ position: eventPositions.position, event: events.idempotencyKey })
      .from(eventPositions)
      .innerJoin(events, eq(events.id, eventPositions.eventId))
      .orderBy(asc(eventPositions.position)),
    intervals: await db.select().from(intervals).orderBy(asc(intervals.lineId), asc(intervals.startVnd)),
    totals: await db
      .select({ line: lineTotals.lineId, sum: lineTotals.receivedVnd, gifts: lineTotals.gifts })
      .from(lineTotals)
      .orderBy(asc(lineTotals.lineId)),
    days: await db.select().from(dayTotals).orderBy(asc(dayTotals.day), asc(dayTotals.fundId)),
  }
}

test('the same events give the same history however they were batched, and a naive model agrees', async () => {
  await tellHistory(context, async () => undefined)
  await sequencePending(context.db, context.now())
  const atOnce = await written(context)

  const piecemeal = await site()
  await tellHistory(piecemeal, async (index) => {
    if (index % 7 === 0) await sequenceBatch(piecemeal.db, piecemeal.now(), 1 + (index % 3))
  })
  await sequencePending(piecemeal.db, piecemeal.now())
  expect(await written(piecemeal)).toEqual(atOnce)

  const ends = new Map<number, bigint>()
  const naive = await context.db.select().from(events).where(eq(events.kind, 'donation')).orderBy(asc(events.id))
  for (const event of naive) {
    if (event.lineId === null || event.amountVnd === null) throw new Error('a donation without a line')
    const start = ends.get(event.lineId) ?? 0n
    ends.set(event.lineId, start + event.amountVnd)
    expect(atOnce.intervals).toContainEqual(
      expect.objectContaining({ eventId: event.id, startVnd: start, endVnd: start + event.amountVnd }),
    )
  }
  expect(atOnce.positions.map((row) => row.position)).toEqual(atOnce.positions.map((_, index) => BigInt(index)))
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('sequencing twice, or from many at once, gives no event two positions', async () => {
  const campaign = await makeCampaign(context, { slug: 'bon', category: 'sach-vo' })
  for (let index = 0; index < 20; index++) {
    const { code } = await makePledge(context, campaign.slug)
    await receiveBankNotice(context, bankNotice({ memo: code }))
  }
  await Promise.all(Array.from({ length: 6 }, () => sequencePending(context.db, context.now())))
  expect(await sequencePending(context.db, context.now())).toEqual({ sequenced: 0, parked: 0, lineIds: [] })
  expect(await listDiscrepancies(context.db)).toEqual([])
})

test('an event that cannot be laid is parked, and the rest goes on', async () => {
  const [fund] = await context.db.select().from(funds)
  const [line] = await context.db.select().from(lines)
  if (!fund || !line) throw new Error('no fund')
  const event = { fundId: fund.id, day: '2026-11-23', facts: {}, createdAt: context.now() }
  await context.db.insert(events).values([
    { ...event, kind: 'nobody-knows', idempotencyKey: 'strange:1' },
    // A gift that is not in the books: the database refuses its interval beside a total out of range.
    { ...event, kind: 'donation', idempotencyKey: 'strange:2', lineId: line.id, amountVnd: 2n ** 63n - 1n, donationId: 1n },
    { ...event, kind: 'donation', idempotencyKey: 'strange:3', lineId: line.id, amountVnd: 2n ** 63n - 1n, donationId: 1n },
    { ...event, kind: 'campaign_state', idempotencyKey: 'strange:4' },
  ])
  await sequencePending(context.db, context.now())
  const parked = await context.db
    .select({ key: events.idempotencyKey })
    .from(parkedEvents)
    .innerJoin(events, eq(events.id, parkedEvents.eventId))
  expect(parked.map((row) => row.key)).toContain('strange:1')
  expect(parked.map((row) => row.key)).toContain('strange:3')
  const [last] = await context.db
    .select({ key: events.idempotencyKey })
    .from(eventPositions)
    .innerJoin(events, eq(events.id, eventPositions.eventId))
    .where(eq(events.idempotencyKey, 'strange:4'))
  expect(last?.key).toBe('strange:4')
})

test('a parked event of a kind that a newer version knows waits for its place once more', async () => {
  const [event] = await context.db.select().from(events).where(eq(events.idempotencyKey, 'strange:4'))
  if (!event) throw new Error('no event')
  const fresh = {
    kind: 'campaign_state',
    idempotencyKey: 'parked:1',
    fundId: event.fundId,
    day: event.day,
    facts: {},
    createdAt: context.now(),
  }
  const [row] = await context.db.insert(events).values(fresh).returning({ id: events.id })
  if (!row) throw new Error('no event')
  await context.db.delete(pendingEvents).where(eq(pendingEvents.eventId, row.id))
  await context.db.insert(parkedEvents).values({ eventId: row.id, reason: 'unknown', parkedAt: context.now() })
  // Gifts out of range come back as well, and are parked again; the unknown kind stays.
  expect(await requeueParked(context.db)).toBe(3)
  await sequencePending(context.db, context.now())
  const parked = await context.db
    .select({ key: events.idempotencyKey })
    .from(parkedEvents)
    .innerJoin(events, eq(events.id, parkedEvents.eventId))
  expect(parked.map(({ key }) => key).sort()).toEqual(['strange:1', 'strange:2', 'strange:3'])
})

test('of two running sequencers one leads, and when it stops the other takes over', async () => {
  const shared = await site()
  const handle = database.handle
  const campaign = await makeCampaign(shared, { slug: 'nam' })
  const led: string[] = []
  const waited = new Set<string>()
  const start = (name: string) =>
    startSequencer({
      handle,
      now: shared.now,
      whileWaiting: async () => void waited.add(name),
      onLeading: async () => undefined,
      onSequenced: async () => void led.push(name),
      afterLook: async () => true,
      onError: (error) => {
        throw error
      },
    })
  const first = start('first')
  await untilDrained(shared)
  const second = start('second')
  const give = async () => {
    const { code } = await makePledge(shared, campaign.slug)
    await receiveBankNotice(shared, bankNotice({ memo: code }))
    await untilDrained(shared)
  }
  await give()
  if (database.engine === 'postgres') await expect.poll(() => [...waited]).toEqual(['second'])
  await first()
  await give()
  await second()
  if (database.engine === 'postgres') expect(led).toEqual(['first', 'first', 'second'])
  expect(await listDiscrepancies(shared.db)).toEqual([])
})

test('what follows a look knows whether more wait, and where it fails the leadership ends', async () => {
  const shared = await site()
  await shared.db.insert(events).values(waitingEvents(3_000, 'many'))
  const looks: boolean[] = []
  const errors: unknown[] = []
  const stop = startSequencer({
    handle: database.handle,
    now: shared.now,
    whileWaiting: async () => undefined,
    onLeading: async () => undefined,
    onSequenced: async () => undefined,
    afterLook: async (db, isBehind) => {
      await db.$count(events)
      looks.push(isBehind)
      if (looks.length === 1) throw new Error('the first time it fails')
      return true
    },
    onError: (error) => void errors.push(error),
  })
  await expect.poll(() => errors).toEqual([new Error('the first time it fails')])
  await untilDrained(shared)
  await expect.poll(() => looks.at(-1)).toBe(false)
  await stop()
  // 500 and no leadership any more; 500 again, 2,000 since it was behind, and nothing.
  expect(looks.slice(0, 4)).toEqual([true, true, true, false])
  expect(await shared.db.$count(eventPositions)).toBe(await shared.db.$count(events))
})

async function untilDrained(of: TestContext): Promise<void> {
  const end = Date.now() + 10_000
  while ((await of.db.$count(pendingEvents)) > 0) {
    if (Date.now() > end) throw new Error('the sequencer did not come')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('gifts on both sides of midnight in Hà Nội count on their own days', async () => {
  const fresh = await site()
  const { slug } = await makeCampaign(fresh)
  for (const [index, moment] of ['2026-11-23T16:59:59Z', '2026-11-23T17:00:00Z'].entries()) {
    const { code } = await makePledge(fresh, slug)
    await receiveBankNotice(fresh, bankNotice({ memo: code, amountVnd: BigInt(10_000 * (index + 1)), transactedAt: new Date(moment) }))
  }
  await sequencePending(fresh.db, fresh.now())
  const days = await fresh.db.select({ day: dayTotals.day, sum: dayTotals.receivedVnd }).from(dayTotals).orderBy(asc(dayTotals.day))
  expect(days).toEqual([
    { day: '2026-11-23', sum: 10_000n },
    { day: '2026-11-24', sum: 20_000n },
  ])
})
