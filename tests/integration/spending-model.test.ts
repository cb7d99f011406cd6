import fc from 'fast-check'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { donations, events, intervals, lineUses, receivingAccounts, refunds } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { recordDelivery } from '../../lib/delivery/commands'
import { giveBack } from '../../lib/donations/give-back'
import { appendEvent } from '../../lib/events/append'
import { bankAccount, fundLine } from '../../lib/ledger/books'
import { postEntry } from '../../lib/ledger/post'
import { takeLast } from '../../lib/money-line/stretches'
import { endHolds, layHolds, ownStretches } from '../../lib/money-line/uses'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { approveSpend, cancelSpend, rejectSpend, requestSpend, settleSpend } from '../../lib/spending/commands'
import { fatesOf } from '../../lib/spending/fate'
import { moveBetweenLines, moveGift } from '../../lib/spending/move'
import { paySpend, takeBackFromSupplier } from '../../lib/spending/pay'
import { bankNotice, makePledge } from '../factories/giving'
import { NaiveLine, naiveFates } from '../factories/naive-line'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const RUNS = process.env['SOAK'] ? 120 : inject('engine') === 'embedded' ? 6 : 10

let database: TestDatabase
let context: TestContext
let key = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
})
afterAll(() => database.close())

const at = fc.nat(1_000)
const amount = fc.integer({ min: 1, max: 40 })
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('give' as const), at, amount }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('give nobody knows' as const), amount }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('sequence' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('ask' as const),
      at,
      items: fc.array(fc.record({ units: fc.integer({ min: 1, max: 5 }), more: fc.nat(15) }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'reject' as const), at }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('pay' as const), at, share: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('supplier' as const), at, item: fc.nat(2), amount }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('deliver' as const), at, units: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('settle' as const, 'cancel' as const), at }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('hold' as const), at, amount }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release' as const), at }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('refund' as const), at, amount }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('move' as const), at, to: at, amount }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move gift' as const), at, to: at }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(all: readonly T[], index: number): T | undefined => (all.length === 0 ? undefined : all[index % all.length])

interface NaiveSpend {
  id: bigint
  line: number
  items: { units: number; amount: number; delivered: number; from: number }[]
  amount: number
  paid: number
  state: 'requested' | 'approved' | 'paid' | 'ended'
  /** Places in the spend that the supplier gave back. */
  back: Set<number>
}

/** A small world: two campaigns and the fund's pots, told to the product and to naive lines alike. */
class World {
  readonly lines = new Map<number, NaiveLine>()
  readonly spends: NaiveSpend[] = []
  readonly gifts: { id: bigint; name: string; line: number; laid: boolean; amount: number }[] = []
  readonly holds: { eventId: bigint; name: string }[] = []
  waiting: (() => void)[] = []
  constructor(
    readonly campaigns: MadeCampaign[],
    readonly pots: { unplaced: number; general: number; reserve: number },
    readonly fundId: number,
    readonly commune: string,
  ) {
    for (const id of [...campaigns.map(({ lineId }) => lineId), ...Object.values(pots)]) this.lines.set(id, new NaiveLine())
  }

  line(id: number): NaiveLine {
    const line = this.lines.get(id)
    if (!line) throw new Error(`no line ${id}`)
    return line
  }

  all(): NaiveLine['cells'] {
    return [...this.lines.values()].flatMap(({ cells }) => cells)
  }

  /** What came in has its place when it is sequenced. */
  async sequence(): Promise<void> {
    await sequencePending(context.db, context.now())
    for (const lay of this.waiting) lay()
    this.waiting = []
  }
}

async function newWorld(): Promise<World> {
  const suffix = `${(key += 1)}`
  const slugs = [
    await makeCampaign(context, { slug: `mot-${suffix}`, goalVnd: 10n ** 9n, neededBy: '2099-12-31' }),
    await makeCampaign(context, { slug: `hai-${suffix}`, category: 'hoc-bong', goalVnd: 10n ** 9n, neededBy: '2099-12-31' }),
  ]
  const [row] = await context.db
    .select({ fundId: receivingAccounts.fundId })
    .from(receivingAccounts)
    .where(eq(receivingAccounts.alias, 'ha-noi 01'))
  const fundId = row?.fundId ?? 0
  const [unplaced, general, reserve] = [
    await fundLine(context.db, fundId, 'unplaced'),
    await fundLine(context.db, fundId, 'general'),
    await fundLine(context.db, fundId, 'reserve'),
  ]
  const world = new World(slugs, { unplaced, general, reserve }, fundId, 'ba-vi')
  // The fund's pots live on from history to history: what is there already belongs to "before".
  return world
}

async function give(world: World, lineId: number, memo: string, size: number): Promise<void> {
  await receiveBankNotice(context, bankNotice({ memo, amountVnd: BigInt(size), transactedAt: context.now() }))
  const [gift] = await context.db
    .select()
    .from(donations)
    .orderBy(asc(donations.id))
    .offset((await context.db.$count(donations)) - 1)
  if (!gift || gift.lineId !== lineId) throw new Error('the gift went elsewhere')
  const made = { id: gift.id, name: String(gift.id), line: lineId, laid: false, amount: size }
  world.gifts.push(made)
  world.waiting.push(() => {
    world.line(lineId).receive(made.name, size)
    made.laid = true
  })
}

async function take(world: World, one: Step): Promise<void> {
  context.advance(1_000)
  switch (one.does) {
    case 'give': {
      const campaign = pick(world.campaigns, one.at)
      if (!campaign) return
      const { code } = await makePledge(context, campaign.slug)
      return give(world, campaign.lineId, code, one.amount)
    }
    case 'give nobody knows':
      return give(world, world.pots.unplaced, 'khong co ma', one.amount)
    case 'sequence':
      return world.sequence()
    case 'ask': {
      const campaign = pick(world.campaigns, one.at)
      if (!campaign) return
      const items = one.items.map(({ units, more }) => ({ units, amount: units + more }))
      const asked = await requestSpend(context, {
        ...{
          campaignSlug: campaign.slug,
          titleVi: 'x',
          titleEn: 'x',
          supplier: 'Cửa hàng',
          dueOn: '2026-12-31',
          by: 'an',
          key: `ask-${(key += 1)}`,
        },
        items: items.map((item) => ({
          itemVi: 'x',
          itemEn: 'x',
          unitVi: 'x',
          unitEn: 'x',
          units: item.units,
          amountVnd: BigInt(item.amount),
        })),
      })
      if (!asked.ok) throw new Error(asked.refusal)
      let from = 0
      world.spends.push({
        ...{ id: asked.value.spendId, line: campaign.lineId, paid: 0, state: 'requested', back: new Set() },
        items: items.map((item) => {
          const placed = { ...item, delivered: 0, from }
          from += item.amount
          return placed
        }),
        amount: from,
      })
      return
    }
    case 'approve':
    case 'reject': {
      const spend = pick(
        world.spends.filter(({ state }) => state === 'requested'),
        one.at,
      )
      if (!spend) return
      expect(await approveSpend(context, { spendId: spend.id, by: 'an' })).toMatchObject({ refusal: 'same_person' })
      if (one.does === 'reject') {
        expect((await rejectSpend(context, { spendId: spend.id, by: 'binh', reasonVi: 'không', reasonEn: 'no' })).ok).toBe(true)
        spend.state = 'ended'
        return
      }
      const line = world.line(spend.line)
      const isEnough = line.available() >= spend.amount
      expect((await approveSpend(context, { spendId: spend.id, by: 'binh' })).ok).toBe(isEnough)
      if (!isEnough) return
      spend.state = 'approved'
      line.promised.set(String(spend.id), spend.amount)
      return
    }
    case 'pay': {
      const spend = pick(
        world.spends.filter(({ state }) => state === 'approved'),
        one.at,
      )
      if (!spend) return
      const part = Math.max(1, Math.floor((spend.amount - spend.paid) / one.share))
      const line = world.line(spend.line)
      const isThere = line.free().length >= part
      const payment = { spendId: spend.id, amountVnd: BigInt(part), paidOn: '2026-11-24', key: `pay-${(key += 1)}` }
      expect((await paySpend(context, payment)).ok).toBe(isThere)
      if (!isThere) return
      expect((await paySpend(context, payment)).ok).toBe(true)
      line.pay(String(spend.id), spend.paid, part)
      spend.paid += part
      line.promised.set(String(spend.id), spend.amount - spend.paid)
      if (spend.paid === spend.amount) spend.state = 'paid'
      return
    }
    case 'supplier': {
      const spend = pick(
        world.spends.filter(({ paid }) => paid > 0),
        one.at,
      )
      const item = spend && pick(spend.items, one.item)
      if (!spend || !item) return
      const end = Math.max(
        item.from,
        Math.min(
          spend.paid,
          item.from + item.amount,
          ...[...spend.back].filter((place) => place >= item.from && place < item.from + item.amount),
        ),
      )
      const delivered = item.from + Math.floor((item.delivered * item.amount) / item.units)
      const cells = world
        .line(spend.line)
        .ofSpend(String(spend.id))
        .filter((cell) => (cell.at ?? 0) >= end - one.amount && (cell.at ?? 0) < end)
      const may =
        (spend.state === 'approved' || spend.state === 'paid') && end - one.amount >= delivered && !cells.some((cell) => cell.isStoodInFor)
      const back = {
        spendId: spend.id,
        position: spend.items.indexOf(item),
        amountVnd: BigInt(one.amount),
        on: '2026-11-25',
        key: `back-${(key += 1)}`,
      }
      expect((await takeBackFromSupplier(context, back)).ok).toBe(may)
      if (!may) return
      for (const cell of cells) {
        cell.isGone = true
        spend.back.add(cell.at ?? 0)
      }
      world.waiting.push(() => {
        for (const cell of cells) world.line(spend.line).receive(cell.gift, 1)
      })
      return
    }
    case 'deliver': {
      const spend = pick(
        world.spends.filter(({ paid }) => paid > 0),
        one.at,
      )
      if (!spend) return
      const items = one.units.flatMap((units, position) => (position < spend.items.length && units > 0 ? [{ position, units }] : []))
      if (items.length === 0) return
      const may =
        (spend.state === 'approved' || spend.state === 'paid') &&
        items.every(({ position, units }) => {
          const item = spend.items[position]
          if (!item) return false
          const end = Math.min(
            spend.paid,
            item.from + item.amount,
            ...[...spend.back].filter((place) => place >= item.from && place < item.from + item.amount),
          )
          const until = item.from + Math.floor(((item.delivered + units) * item.amount) / item.units)
          return item.delivered + units <= item.units && until <= end
        })
      const told = await recordDelivery(context, {
        ...{
          spendId: spend.id,
          items,
          communeSlug: world.commune,
          placeVi: 'Trường mẫu',
          placeEn: 'A school',
          deliveredOn: '2026-11-26',
          children: 7,
        },
        ...{ noteVi: '', noteEn: '', by: 'chi', key: `deliver-${(key += 1)}` },
      })
      expect(told.ok, JSON.stringify({ told, items, spend: { ...spend, id: '', back: [...spend.back] } })).toBe(may)
      if (may)
        for (const { position, units } of items) {
          const item = spend.items[position]
          if (item) item.delivered += units
        }
      return
    }
    case 'settle':
    case 'cancel': {
      const spend = pick(
        world.spends.filter(({ state }) => state === 'approved' || state === 'paid'),
        one.at,
      )
      if (!spend) return
      const delivered = spend.items.reduce((sum, item) => sum + Math.floor((item.delivered * item.amount) / item.units), 0)
      const may = one.does === 'settle' ? spend.paid > 0 && delivered + spend.back.size >= spend.paid : spend.back.size >= spend.paid
      const ended =
        one.does === 'settle'
          ? await settleSpend(context, { spendId: spend.id })
          : await cancelSpend(context, { spendId: spend.id, reasonVi: 'x', reasonEn: 'x' })
      expect(ended.ok).toBe(may)
      if (!may) return
      world.line(spend.line).promised.delete(String(spend.id))
      spend.state = 'ended'
      return
    }
    case 'hold': {
      const gift = pick(
        world.gifts.filter(({ laid }) => laid),
        one.at,
      )
      if (!gift || world.waiting.length > 0) return
      const line = world.line(gift.line)
      if (line.available() < one.amount || line.free(gift.name).length < one.amount) return
      await context.db.transaction(async (tx) => {
        const { free } = await ownStretches(tx, gift.id)
        const eventId = await appendEvent(tx, {
          kind: 'refund_requested',
          idempotencyKey: `hold-${(key += 1)}`,
          fundId: world.fundId,
          day: '2026-11-24',
          facts: {},
          donationId: gift.id,
          createdAt: context.now(),
        })
        const stretches = takeLast(
          free.filter(({ lineId }) => lineId === gift.line),
          BigInt(one.amount),
        )
        await tx.insert(refunds).values({
          ...{ donationId: gift.id, amountVnd: BigInt(one.amount), amountMinor: BigInt(one.amount), reason: 'other', state: 'requested' },
          ...{ idempotencyKey: `hold-${key}`, requestedBy: 'an', holdEventId: eventId ?? 0n, requestedAt: context.now() },
        })
        await layHolds(tx, eventId ?? 0n, stretches)
        world.holds.push({ eventId: eventId ?? 0n, name: String(eventId) })
        line.hold(gift.name, String(eventId), one.amount)
      })
      return
    }
    case 'release': {
      const hold = pick(world.holds, one.at)
      if (!hold) return
      world.holds.splice(world.holds.indexOf(hold), 1)
      await context.db.transaction(async (tx) => {
        const ended = await appendEvent(tx, {
          kind: 'refund_withdrawn',
          idempotencyKey: `release-${(key += 1)}`,
          fundId: world.fundId,
          day: '2026-11-24',
          facts: {},
          createdAt: context.now(),
        })
        await endHolds(tx, hold.eventId, ended ?? 0n)
      })
      for (const line of world.lines.values()) line.release(hold.name)
      return
    }
    case 'refund': {
      // Every second time one of which something is spent, if there is one.
      const spent = world.gifts.filter(({ name }) => world.all().some((cell) => cell.gift === name && cell.state === 'spent'))
      const gift = pick(one.at % 2 === 0 && spent.length > 0 ? spent : world.gifts.filter(({ laid }) => laid), one.at)
      // Where money of a gift is under way, a refund waits: that is tried with cards.
      if (!gift || world.waiting.length > 0) return
      await refund(world, gift, one.amount)
      return
    }
    case 'move': {
      const [from, to] = [pick([...world.lines.keys()], one.at), pick([...world.lines.keys()], one.to)]
      if (from === undefined || to === undefined || from === to || from === world.pots.reserve) return
      const line = world.line(from)
      const may = line.available() >= one.amount
      const move = {
        fromLineId: from,
        toLineId: to,
        amountVnd: BigInt(one.amount),
        reasonVi: 'x',
        reasonEn: 'x',
        key: `move-${(key += 1)}`,
      }
      expect((await moveBetweenLines(context, move)).ok).toBe(may)
      if (!may) return
      expect((await moveBetweenLines(context, move)).ok).toBe(true)
      moved(world, line.free().slice(0, one.amount), to)
      return
    }
    case 'move gift': {
      const gift = pick(
        world.gifts.filter(({ laid }) => laid),
        one.at,
      )
      const to = pick([...world.lines.keys()], one.to)
      if (!gift || to === undefined || to === gift.line || world.waiting.length > 0) return
      const line = world.line(gift.line)
      const cells = line.free(gift.name)
      const may = cells.length > 0 && line.available() >= cells.length
      expect(
        (
          await moveGift(context, {
            donationId: gift.id,
            fromLineId: gift.line,
            toLineId: to,
            reasonVi: 'x',
            reasonEn: 'x',
            key: `move-${(key += 1)}`,
          })
        ).ok,
      ).toBe(may)
      if (may) moved(world, cells, to)
      return
    }
  }
}

function moved(world: World, cells: NaiveLine['cells'], to: number): void {
  for (const cell of cells) cell.state = 'moved'
  world.waiting.push(() => {
    for (const cell of cells) world.line(to).receive(cell.gift, 1)
  })
}

/** The last of a gift's đồng go back; of what is spent the reserve stands in, and of what it lacks the fund. */
async function refund(world: World, gift: World['gifts'][number], wanted: number): Promise<void> {
  const lines = [...world.lines].sort(([a], [b]) => a - b)
  const own = lines.flatMap(([, line]) => line.cells.filter((cell) => cell.gift === gift.name && !cell.isGone && !cell.isStoodInFor))
  const free = own.filter(({ state }) => state === 'free')
  const held = own.filter(({ state }) => state === 'held')
  const spent = own.filter(({ state }) => state === 'spent')
  const size = Math.min(wanted, free.length + held.length + spent.length)
  const missing = size - Math.min(size, free.length + held.length)
  const work = context.db.transaction(async (tx) => {
    const [account] = await tx.select({ id: receivingAccounts.id }).from(receivingAccounts).where(eq(receivingAccounts.alias, 'ha-noi 01'))
    const from = await bankAccount(tx, account?.id ?? 0)
    const name = `refund-${(key += 1)}`
    const { postings, givenVnd } = await giveBack(tx, {
      donationId: gift.id,
      fundId: world.fundId,
      amountVnd: BigInt(wanted),
      from,
      kind: 'refund',
      key: name,
      holdEventId: null,
      day: '2026-11-24',
      now: context.now(),
      facts: {},
    })
    const [first, ...others] = postings
    if (first)
      await postEntry(tx, {
        kind: 'refund',
        idempotencyKey: name,
        occurredAt: context.now(),
        bookedAt: context.now(),
        postings: [first, ...others],
      })
    return givenVnd
  })
  expect(await work).toBe(BigInt(size))
  const fromFree = free.slice(-Math.min(size, free.length) || free.length)
  for (const cell of size === 0 ? [] : fromFree) cell.state = 'refunded'
  const fromHeld = size > free.length ? held.slice(-(size - free.length)) : []
  for (const cell of fromHeld) cell.state = 'refunded'
  // A request whose đồng went back another way holds nothing any more.
  for (const hold of new Set(fromHeld.map((cell) => cell.hold))) for (const [, line] of lines) line.release(hold ?? '')
  if (missing > 0) {
    for (const cell of spent.slice(-missing)) cell.isStoodInFor = true
    for (const cell of world.line(world.pots.reserve).free().slice(0, missing)) cell.state = 'reserve'
  }
}

/** Lines of the fund keep what earlier histories left there: the naive ones begin with the same. */
async function seed(world: World): Promise<void> {
  for (const pot of Object.values(world.pots)) {
    const line = world.line(pot)
    const rows = await context.db.select().from(intervals).where(eq(intervals.lineId, pot)).orderBy(asc(intervals.startVnd))
    const used = await context.db
      .select({ start: lineUses.startVnd, end: lineUses.endVnd, kind: events.kind })
      .from(lineUses)
      .innerJoin(events, eq(events.id, lineUses.eventId))
      .where(eq(lineUses.lineId, pot))
    for (const row of rows) line.receive(`before ${row.donationId}`, Number(row.endVnd - row.startVnd))
    for (const use of used) for (const cell of line.cells.slice(Number(use.start), Number(use.end))) cell.state = 'moved'
  }
}

test('lines agree, đồng by đồng, with lists of single đồng', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 90 }), async (steps) => {
      const world = await newWorld()
      await seed(world)
      for (const one of steps) await take(world, one)
      await world.sequence()
      expect(await listDiscrepancies(context.db)).toEqual([])
      const isDelivered = (id: string, place: number) => {
        const spend = world.spends.find((one) => String(one.id) === id)
        return (
          spend?.items.some((item) => place >= item.from && place < item.from + Math.floor((item.delivered * item.amount) / item.units)) ??
          false
        )
      }
      for (const gift of world.gifts) {
        const parts = await fatesOf(context.db, gift.id)
        const counts = new Map<string, number>()
        for (const { lineId, amountVnd, fate } of parts)
          counts.set(`${lineId} ${fate.kind}`, (counts.get(`${lineId} ${fate.kind}`) ?? 0) + Number(amountVnd))
        expect(counts, `gift ${gift.name}`).toEqual(naiveFates(world.lines, gift.name, isDelivered))
        expect(parts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)).toBe(BigInt(gift.amount))
      }
      for (const hold of world.holds)
        await context.db.transaction(async (tx) => {
          const ended = await appendEvent(tx, {
            kind: 'refund_withdrawn',
            idempotencyKey: `end-${(key += 1)}`,
            fundId: world.fundId,
            day: '2026-11-24',
            facts: {},
            createdAt: context.now(),
          })
          await endHolds(tx, hold.eventId, ended ?? 0n)
        })
    }),
    { numRuns: RUNS, endOnFailure: true, ...(process.env['SOAK'] ? { interruptAfterTimeLimit: 480_000 } : { seed: 20_261_124 }) },
  )
  const kinds = await context.db.selectDistinct({ kind: events.kind }).from(events)
  expect(kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'spend_paid',
      'spend_refunded',
      'spend_settled',
      'spend_cancelled',
      'spend_rejected',
      'delivery',
      'transfer_in',
      'refund',
      'reserve_used',
    ]),
  )
})
