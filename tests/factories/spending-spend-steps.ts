import { expect } from 'vitest'
import { recordDelivery } from '../../lib/delivery/commands'
import { approveSpend, cancelSpend, rejectSpend, requestSpend, settleSpend } from '../../lib/spending/commands'
import { paySpend, takeBackFromSupplier } from '../../lib/spending/pay'
import type { MadeCampaign } from './site'
import type { Step } from './spending-history'
import { nextKey, pick, type World } from './spending-world'

/** Asks for money of a campaign. */
export async function ask(
  world: World,
  campaign: MadeCampaign | undefined,
  items: { units: number; amount: number }[],
  replacesId: bigint | null = null,
): Promise<void> {
  const { context } = world
  if (!campaign) return
  const words = { itemVi: 'x', itemEn: 'x', unitVi: 'x', unitEn: 'x' }
  const asked = await requestSpend(context, {
    ...{ campaignSlug: campaign.slug, titleVi: 'x', titleEn: 'x', supplier: 'Cửa hàng', dueOn: '2026-12-31', by: 'an', replacesId },
    ...{ key: nextKey('ask-'), items: items.map(({ units, amount }) => ({ ...words, units, amountVnd: BigInt(amount) })) },
  })
  if (!asked.ok) throw new Error(asked.refusal)
  let from = 0
  const placed = items.map((item) => {
    const one = { ...item, delivered: 0, from }
    from += item.amount
    return one
  })
  const spend = { id: asked.value.spendId, line: campaign.lineId, items: placed, amount: from, paid: 0 }
  world.spends.push({ ...spend, state: 'requested', back: new Set(), advances: [], hasInvoice: false })
}

/** Takes a step of a spend; another step changes nothing. */
export async function takeSpendStep(world: World, one: Step): Promise<void> {
  const { context } = world
  switch (one.does) {
    case 'ask':
      return ask(
        world,
        pick(world.campaigns, one.at),
        one.items.map(({ units, more }) => ({ units, amount: units + more })),
      )
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
      if (!isEnough) return world.reach('approval of too much')
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
      const out = spend.advances.reduce((sum, advance) => sum + advance.out, 0)
      // What a buyer holds will be paid from there.
      const isOut = part > spend.amount - spend.paid - out
      const isThere = line.free().length >= part && !isOut
      if (isOut) world.reach('payment refused for what is out')
      const payment = { spendId: spend.id, amountVnd: BigInt(part), paidOn: '2026-11-24', key: nextKey('pay-') }
      expect((await paySpend(context, payment)).ok).toBe(isThere)
      if (!isThere) return
      expect((await paySpend(context, payment)).ok).toBe(true)
      if (part < spend.amount) world.reach('payment in part')
      if (!line.isInOnePiece(line.pay(String(spend.id), spend.paid, part))) world.reach('payment over a hole')
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
        key: nextKey('back-'),
      }
      expect((await takeBackFromSupplier(context, back)).ok).toBe(may)
      if (!may) return world.reach('supplier refused')
      world.reach('supplier gave back')
      if (cells.some((cell) => world.gifts.find(({ name }) => name === cell.gift)?.line !== spend.line))
        world.reach('supplier gave back what was moved to the line')
      for (const cell of cells) {
        cell.isGone = true
        spend.back.add(cell.at ?? 0)
      }
      world.waiting.push(() => {
        for (const cell of cells) world.line(spend.line).receive(cell.gift, 1, true)
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
        ...{ noteVi: '', noteEn: '', by: 'chi', key: nextKey('deliver-') },
      })
      expect(
        told.ok,
        JSON.stringify({ told: told.ok || told.refusal, items, spend: { ...spend, id: '', back: [...spend.back], advances: [] } }),
      ).toBe(may)
      if (!may) return world.reach('delivery refused')
      for (const { position, units } of items) {
        const item = spend.items[position]
        if (item) item.delivered += units
      }
      if (spend.items.some((item) => item.delivered < item.units)) world.reach('delivery of some units')
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
      const isDone = one.does === 'settle' ? spend.paid > 0 && delivered + spend.back.size >= spend.paid : spend.back.size >= spend.paid
      const may = isDone && spend.advances.every(({ out }) => out === 0)
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
    default:
      return
  }
}
