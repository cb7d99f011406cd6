import { eq } from 'drizzle-orm'
import { administrativeUnits, deliveries, deliveryUnits } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import { ok, refuse, type Result } from '../result'
import { untoldSpends } from '../spending/handed-over'
import { unitsBefore } from '../spending/model'
import { endOfPaid } from '../spending/pay'
import { lockSpend } from '../spending/spend-row'
import type { Day } from '../time/day'
import { FEWEST_CHILDREN_TOLD } from './model'

/** `told_otherwise`: the same form was sent before with something else in it. */
export type DeliveryRefusal = 'unknown_spend' | 'unknown_place' | 'not_paid' | 'no_units' | 'too_many_units' | 'told_otherwise'

/** What was handed over. */
export interface DeliveryWish {
  spendId: bigint
  items: { position: number; units: number }[]
  /** Slug of the commune. */
  communeSlug: string
  /** A school or a health station; never a class, a home or a child. */
  placeVi: string
  placeEn: string
  deliveredOn: Day
  children: number
  noteVi: string
  noteEn: string
  by: string
  /** Names the delivery: told twice, it is one. */
  key: string
}

/**
 * Records that units of a spend were handed over: the next ones of each item that are paid and not handed over yet.
 * Refuses, besides: a key under which something else was recorded.
 * @returns its id, and the address of its page
 */
export async function recordDelivery(
  context: Context,
  wish: DeliveryWish,
): Promise<Result<{ deliveryId: bigint; slug: string }, DeliveryRefusal>> {
  const { spendId, items, communeSlug, by, key, ...told } = wish
  const now = context.now()
  if (items.length === 0 || items.some(({ units }) => !Number.isInteger(units) || units < 1)) return refuse('no_units')
  return context.db.transaction(async (tx) => {
    const found = await lockSpend(tx, spendId)
    if (!found) return refuse('unknown_spend')
    const [known] = await tx.select().from(deliveries).where(eq(deliveries.idempotencyKey, key))
    if (known) return isSame(known, wish) ? ok({ deliveryId: known.id, slug: known.slug }) : refuse('told_otherwise')
    const { spend } = found
    if (spend.state !== 'approved' && spend.state !== 'paid') return refuse('not_paid')
    const [commune] = await tx
      .select({ id: administrativeUnits.id })
      .from(administrativeUnits)
      .where(eq(administrativeUnits.slug, communeSlug))
    if (!commune) return refuse('unknown_place')
    const units: { position: number; fromUnit: number; toUnit: number }[] = []
    for (const { position, units: count } of items) {
      const item = found.items.find((one) => one.position === position)
      if (!item || units.some((one) => one.position === position)) return refuse('no_units')
      const toUnit = item.deliveredUnits + count
      if (toUnit > unitsBefore(item, item.range, endOfPaid(found, item.range))) return refuse('too_many_units')
      units.push({ position, fromUnit: item.deliveredUnits, toUnit })
    }
    const isFew = told.children < FEWEST_CHILDREN_TOLD
    const isUntold = isFew || (await untoldSpends(tx, [spendId])).size > 0
    const eventId = await appendEvent(tx, {
      ...{ kind: 'delivery', idempotencyKey: `delivery:${key}`, fundId: spend.fundId, lineId: spend.lineId, day: told.deliveredOn },
      facts: {
        ...{ spend: String(spendId), commune: communeSlug, place: told.placeVi },
        // How many, not which: between those that are told, what is not told would show (money.md §8).
        units: units.map(({ position, fromUnit, toUnit }) => ({ position, units: toUnit - fromUnit })),
        ...{ children: isFew ? `fewer than ${FEWEST_CHILDREN_TOLD}` : told.children, isUntold },
      },
      createdAt: now,
    })
    if (eventId === null) throw new Error(`delivery ${key} was told before`)
    const [delivery] = await tx
      .insert(deliveries)
      .values({
        ...told,
        ...{ slug: `${told.deliveredOn}-${communeSlug}-${eventId}`, spendId, campaignId: spend.campaignId, unitId: commune.id },
        ...{ eventId, idempotencyKey: key, reportedBy: by, createdAt: now },
      })
      .returning({ id: deliveries.id, slug: deliveries.slug })
    if (!delivery) throw new Error('a delivery was not written')
    await tx.insert(deliveryUnits).values(units.map((unit) => ({ deliveryId: delivery.id, spendId, ...unit })))
    return ok({ deliveryId: delivery.id, slug: delivery.slug })
  })
}

/** Whether what is told is what was told before under the same key. */
const isSame = (known: typeof deliveries.$inferSelect, wish: DeliveryWish): boolean =>
  known.spendId === wish.spendId &&
  (['deliveredOn', 'placeVi', 'placeEn', 'children', 'noteVi', 'noteEn'] as const).every((name) => known[name] === wish[name])
