import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { donations, receivingAccounts, refunds } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { giveBack } from '../../lib/donations/give-back'
import { appendEvent } from '../../lib/events/append'
import { bankAccount } from '../../lib/ledger/books'
import { postEntry } from '../../lib/ledger/post'
import { takeLast, written } from '../../lib/money-line/stretches'
import { endHolds, layHolds, ownStretches } from '../../lib/money-line/uses'
import { moveBetweenLines, moveGift } from '../../lib/spending/move'
import { bankNotice, makePledge } from './giving'
import type { NaiveLine } from './naive-line'
import type { Step } from './spending-history'
import { nextKey, pick, type World } from './spending-world'

async function give(world: World, lineId: number, memo: string, size: number, code: string | null = null): Promise<void> {
  const { context } = world
  await receiveBankNotice(context, bankNotice({ memo, amountVnd: BigInt(size), transactedAt: context.now() }))
  const [gift] = await context.db
    .select()
    .from(donations)
    .orderBy(asc(donations.id))
    .offset((await context.db.$count(donations)) - 1)
  if (!gift || gift.lineId !== lineId) throw new Error('the gift went elsewhere')
  const made = { id: gift.id, name: String(gift.id), line: lineId, laid: false, amount: size }
  if (code !== null) world.named.set(made.name, code)
  world.gifts.push(made)
  world.waiting.push(() => {
    world.line(lineId).receive(made.name, size)
    made.laid = true
  })
}

/** Takes a step of money that comes, is held, goes back or moves; another step changes nothing. */
export async function takeMoneyStep(world: World, one: Step): Promise<void> {
  const { context } = world
  switch (one.does) {
    case 'give': {
      const campaign = pick(world.campaigns, one.at)
      if (!campaign) return
      const isNamed = one.amount % 2 === 0
      const { code } = await makePledge(context, campaign.slug, isNamed ? { isNamed, name: 'Nguyễn Thị Mai' } : {})
      return give(world, campaign.lineId, code, one.amount, isNamed ? code : null)
    }
    case 'give nobody knows':
      return give(world, world.pots.unplaced, 'khong co ma', one.amount)
    case 'sequence':
      return world.sequence()
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
        const stretches = takeLast(
          free.filter(({ lineId }) => lineId === gift.line),
          BigInt(one.amount),
        )
        const eventId = await appendEvent(tx, {
          kind: 'refund_requested',
          idempotencyKey: nextKey('hold-'),
          fundId: world.fundId,
          lineId: gift.line,
          day: '2026-11-24',
          amountVnd: BigInt(one.amount),
          facts: { stretches: written(stretches) },
          donationId: gift.id,
          createdAt: context.now(),
        })
        await tx.insert(refunds).values({
          ...{ donationId: gift.id, amountVnd: BigInt(one.amount), amountMinor: BigInt(one.amount), reason: 'other', state: 'requested' },
          ...{ idempotencyKey: nextKey('hold-'), requestedBy: 'an', holdEventId: eventId ?? 0n, requestedAt: context.now() },
        })
        await layHolds(tx, eventId ?? 0n, stretches)
        world.holds.push({ eventId: eventId ?? 0n, name: String(eventId), donationId: gift.id })
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
          idempotencyKey: nextKey('release-'),
          fundId: world.fundId,
          day: '2026-11-24',
          facts: {},
          donationId: hold.donationId,
          createdAt: context.now(),
        })
        await endHolds(tx, hold.eventId, ended ?? 0n)
      })
      for (const line of world.lines.values()) line.release(hold.name)
      return world.reach('hold released')
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
        key: nextKey('move-'),
      }
      expect((await moveBetweenLines(context, move)).ok).toBe(may)
      if (!may) return
      expect((await moveBetweenLines(context, move)).ok).toBe(true)
      moved(world, line.free().slice(0, one.amount), to)
      return world.reach('move between lines')
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
            key: nextKey('move-'),
          })
        ).ok,
      ).toBe(may)
      if (!may) return
      moved(world, cells, to)
      world.reach('move of one gift')
      if (gift.line === world.pots.unplaced && world.campaigns.some(({ lineId }) => lineId === to))
        world.reach('gift that nobody knew, placed later')
      return
    }
    default:
      return
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
  const { context } = world
  const lines = [...world.lines].sort(([a], [b]) => a - b)
  const own = lines.flatMap(([, line]) => line.cells.filter((cell) => cell.gift === gift.name && !cell.isGone && !cell.isStoodInFor))
  const free = own.filter(({ state }) => state === 'free')
  const held = own.filter(({ state }) => state === 'held')
  // What the reserve used is spent, too: for it, the reserve's next đồng stand in.
  const spent = own.filter(({ state }) => state === 'spent' || state === 'reserve')
  const size = Math.min(wanted, free.length + held.length + spent.length)
  const missing = size - Math.min(size, free.length + held.length)
  const work = context.db.transaction(async (tx) => {
    const [account] = await tx.select({ id: receivingAccounts.id }).from(receivingAccounts).where(eq(receivingAccounts.alias, 'ha-noi 01'))
    const from = await bankAccount(tx, account?.id ?? 0)
    const name = nextKey('refund-')
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
  if (size > 0 && free.length > 0) world.reach('refund as a hole')
  const fromHeld = size > free.length ? held.slice(-(size - free.length)) : []
  if (fromHeld.length > 0) world.reach('refund of what was held')
  for (const cell of fromHeld) cell.state = 'refunded'
  // A request whose đồng went back another way holds nothing any more.
  for (const hold of new Set(fromHeld.map((cell) => cell.hold))) for (const [, line] of lines) line.release(hold ?? '')
  if (missing > 0) {
    for (const cell of spent.slice(-missing)) cell.isStoodInFor = true
    const covering = world.line(world.pots.reserve).free().slice(0, missing)
    for (const cell of covering) cell.state = 'reserve'
    world.reach('refund of what was spent')
    if (covering.length > 0) world.reach('reserve that stood in')
    if (covering.length < missing) world.reach('reserve that was empty')
  }
}
