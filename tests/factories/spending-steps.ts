import { takeAdvanceStep } from './spending-advance-steps'
import type { Step } from './spending-history'
import { takeMoneyStep } from './spending-money-steps'
import { ask, takeSpendStep } from './spending-spend-steps'
import { pick, type World } from './spending-world'

/** Takes a step, told to the product and to naive lines alike. */
export async function take(world: World, one: Step): Promise<void> {
  world.context.advance(1_000)
  switch (one.does) {
    case 'spend all': {
      const campaign = pick(world.campaigns, one.at)
      const available = campaign ? world.line(campaign.lineId).available() : 0
      if (available <= 0) return
      await ask(world, campaign, [{ units: Math.ceil(available / 3), amount: available }])
      for (const does of ['approve', 'pay'] as const) {
        const state = does === 'approve' ? 'requested' : 'approved'
        const at = world.spends.filter((spend) => spend.state === state).findIndex((spend) => spend === world.spends.at(-1))
        await take(world, does === 'approve' ? { does, at } : { does, at, share: 1 })
      }
      return
    }
    case 'finish': {
      const paid = world.spends.filter((spend) => spend.paid > 0)
      const spend = pick(paid, one.at)
      if (!spend) return
      await take(world, { does: 'deliver', at: paid.indexOf(spend), units: spend.items.map((item) => item.units - item.delivered) })
      const open = world.spends.filter(({ state }) => state === 'approved' || state === 'paid')
      return open.includes(spend) ? take(world, { does: 'settle', at: open.indexOf(spend) }) : undefined
    }
    case 'spend anew': {
      const paid = world.spends.filter((spend) => spend.paid > 0)
      const spend = pick(paid, one.at)
      const campaign = world.campaigns.findIndex(({ lineId }) => lineId === spend?.line)
      if (!spend || campaign < 0) return
      // The last item that is paid gives back a đồng; then all that is free is spent.
      const item = spend.items.findLastIndex(({ from }) => from < spend.paid)
      await take(world, { does: 'supplier', at: paid.indexOf(spend), item, amount: 1 })
      await world.sequence()
      return take(world, { does: 'spend all', at: campaign })
    }
    case 'spend moved': {
      const at = one.at % world.campaigns.length
      const [ids, to] = [[...world.lines.keys()], world.campaigns[at]?.lineId ?? 0]
      await take(world, { does: 'give nobody knows', amount: 3 })
      await world.sequence()
      await take(world, { does: 'move', at: ids.indexOf(world.pots.unplaced), to: ids.indexOf(to), amount: 3 })
      await world.sequence()
      await take(world, { does: 'spend all', at })
      const paid = world.spends.filter((spend) => spend.paid > 0)
      // What was moved there last was spent last, and comes back first.
      return take(world, { does: 'supplier', at: Math.max(0, paid.length - 1), item: 0, amount: 1 })
    }
    case 'stand in': {
      const ids = [...world.lines.keys()]
      const from = pick(world.campaigns, one.at)
      if (!from) return
      await take(world, { does: 'move', at: ids.indexOf(from.lineId), to: ids.indexOf(world.pots.reserve), amount: one.amount })
      await world.sequence()
      return take(world, { does: 'refund', at: one.at - (one.at % 2), amount: one.amount })
    }
    default:
      await takeMoneyStep(world, one)
      await takeSpendStep(world, one)
      await takeAdvanceStep(world, one)
  }
}
