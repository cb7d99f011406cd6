import type { Context } from '../context'
import { recordDelivery } from '../delivery/commands'
import { given } from '../sample/given'
import { chance } from '../sample/chance'
import { sequencePending } from '../sequencer/sequence'
import { approveSpend, requestSpend } from '../spending/commands'
import { paySpend } from '../spending/pay'
import { addDays, dayOf } from '../time/day'

/** Spends between two runs of the sequencer. */
const AT_ONCE = 200
const DUE_DAYS = 60

export interface SpendPlan {
  seed: string
  campaignSlug: string
  /** Where things are handed over. */
  communeSlug: string
  spends: number
  /** What one of them comes to, about. */
  amountVnd: bigint
}

/**
 * Asks for, approves, pays and hands over as many spends of a campaign as a plan says, by the commands that staff use:
 * some in two parts, most handed over, one in ten not yet. The same plan again changes nothing.
 * @param onProgress hears how many are done
 */
export async function generateSpends(context: Context, plan: SpendPlan, onProgress: (done: number) => void): Promise<void> {
  for (let done = 0; done < plan.spends; done++) {
    await generateSpend(context, plan, done)
    if (done % AT_ONCE === AT_ONCE - 1) await sequencePending(context.db, context.now())
    onProgress(done + 1)
  }
  await sequencePending(context.db, context.now())
}

async function generateSpend(
  context: Context,
  { seed, campaignSlug, communeSlug, amountVnd: about }: SpendPlan,
  index: number,
): Promise<void> {
  const luck = chance(seed, `spend/${index}`)
  const key = `generate/${seed}/${index}`
  const today = dayOf(context.now())
  const units = luck.int(40, 160)
  const priceVnd = about / BigInt(units + 20)
  const items = [
    { itemVi: 'Áo ấm', itemEn: 'Warm coat', unitVi: 'áo', unitEn: 'coats', units, amountVnd: priceVnd * BigInt(units) },
    { itemVi: 'Ủng đi mưa', itemEn: 'Rain boots', unitVi: 'đôi', unitEn: 'pairs', units: 20, amountVnd: priceVnd * 20n },
  ]
  const amountVnd = priceVnd * BigInt(units + 20)
  const texts = { titleVi: `Áo ấm, đợt ${index + 1}`, titleEn: `Warm coats, part ${index + 1}`, supplier: 'Công ty May Mẫu' }
  const { spendId } = given(
    await requestSpend(context, { ...texts, campaignSlug, items, dueOn: addDays(today, DUE_DAYS), by: 'ke-toan-mau', key }),
    key,
  )
  const approved = await approveSpend(context, { spendId, by: 'giam-doc-mau' })
  if (!approved.ok && approved.refusal !== 'decided_already') given(approved, key)
  const parts = luck.is(0.2) ? [amountVnd / 3n, amountVnd - amountVnd / 3n] : [amountVnd]
  for (const [part, partVnd] of parts.entries())
    given(await paySpend(context, { spendId, amountVnd: partVnd, paidOn: today, key: `part-${part}` }), key)
  if (luck.is(0.1)) return
  const handed = { communeSlug, placeVi: 'Điểm trường Mẫu', placeEn: 'Sample school', deliveredOn: today, by: 'can-bo-xa-mau' }
  const told = { children: luck.int(30, 160), noteVi: 'Trao tận tay các em.', noteEn: 'Handed over to the children.' }
  const wish = { spendId, items: items.map(({ units: count }, position) => ({ position, units: count })), ...handed, ...told, key }
  given(await recordDelivery(context, wish), key)
}
