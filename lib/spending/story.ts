import { asc, eq, inArray } from 'drizzle-orm'
import { administrativeUnits, deliveries, deliveryUnits, donations, spendItems, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { fatesOf, spendIdsOf, type Part } from './fate'
import { handedOver, untoldSpends } from './handed-over'
import {
  isOverdue,
  overlap,
  rangesOf,
  unitsRange,
  unitsWithin,
  type BoughtPart,
  type GiftStory,
  type Range,
  type RestPart,
  type SpendItem,
  type SpendPart,
  type StoryStep,
} from './model'
import { nextStep } from './next-step'
import { potNames } from './pots'
import { movesOf, paymentsOf } from './story-steps'

/** Tells what became of gifts, together. */
export async function getGiftStory(ctx: Context, donationIds: readonly bigint[], locale: Locale): Promise<GiftStory> {
  const parts: Part[] = []
  for (const id of donationIds) parts.push(...(await fatesOf(ctx.db, id)))
  const sum = (kind: 'delivered' | 'spent') => sumOf(parts.filter(({ fate }) => fate.kind === kind))
  const told = await tellSpends(ctx, parts, locale)
  const steps = [...(await paymentsOf(ctx, donationIds, locale)), ...told.steps, ...(await movesOf(ctx, donationIds, locale))]
  return {
    ...{ deliveredVnd: sum('delivered'), spentVnd: sum('spent') },
    spends: told.spends,
    rest: await restOf(ctx, donationIds, parts, locale),
    steps: steps.sort((a, b) => a.at.getTime() - b.at.getTime()),
    next: await nextStep(ctx, parts, told.spends),
  }
}

const sumOf = (parts: readonly Part[]): bigint => parts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)

const REST_ORDER: readonly RestPart['kind'][] = ['committed', 'waiting', 'held', 'reserve', 'refunded']

/** What of gifts is in no spend, by what became of it and where it lies. */
async function restOf(ctx: Context, donationIds: readonly bigint[], parts: readonly Part[], locale: Locale): Promise<RestPart[]> {
  if (donationIds.length === 0) return []
  const given = await ctx.db
    .select({ lineId: donations.lineId })
    .from(donations)
    .where(inArray(donations.id, [...donationIds]))
  const home = new Set(given.map(({ lineId }) => lineId))
  const away = parts.map(({ lineId }) => lineId).filter((lineId) => !home.has(lineId))
  const nameOf = await potNames(ctx.db, away, locale)
  return REST_ORDER.flatMap((kind) => {
    const own = parts.filter(({ fate }) => fate.kind === kind)
    return [...Map.groupBy(own, ({ lineId }) => (home.has(lineId) ? null : lineId))].map(([lineId, there]): RestPart => {
      const ahead = there.flatMap(({ fate }) => (fate.kind === 'waiting' ? [fate.aheadVnd] : []))
      return {
        ...{ kind, amountVnd: sumOf(there), movedTo: lineId === null ? null : nameOf(lineId) },
        aheadVnd: ahead.length === 0 ? null : ahead.reduce((least, one) => (one < least ? one : least)),
      }
    })
  })
}

/** The spends that gifts paid for, unit by unit, and when that was handed over. */
async function tellSpends(ctx: Context, parts: readonly Part[], locale: Locale): Promise<{ spends: SpendPart[]; steps: StoryStep[] }> {
  const ids = spendIdsOf(parts)
  if (ids.length === 0) return { spends: [], steps: [] }
  const { db } = ctx
  const rows = await db.select().from(spends).where(inArray(spends.id, ids)).orderBy(asc(spends.id))
  const items = await db.select().from(spendItems).where(inArray(spendItems.spendId, ids)).orderBy(asc(spendItems.position))
  const handed = await db
    .select({ units: deliveryUnits, delivery: deliveries, commune: administrativeUnits })
    .from(deliveryUnits)
    .innerJoin(deliveries, eq(deliveries.id, deliveryUnits.deliveryId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, deliveries.unitId))
    .where(inArray(deliveryUnits.spendId, ids))
    .orderBy(asc(deliveryUnits.fromUnit))
  const units = await handedOver(db, ids)
  const untold = await untoldSpends(db, ids)
  const steps: StoryStep[] = []
  const told = rows.map((spend): SpendPart => {
    const own = parts.flatMap(({ fate }) =>
      (fate.kind === 'spent' || fate.kind === 'delivered') && fate.spendId === spend.id ? [fate.range] : [],
    )
    const itemsOf = items.filter(({ spendId }) => spendId === spend.id)
    const ranges = rangesOf(itemsOf)
    const name = { key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier }
    const isUntold = untold.has(spend.id)
    let deliveredVnd = 0n
    const bought = itemsOf.flatMap((item) => {
      const range = ranges.get(item.position)
      if (!range) return []
      deliveredVnd += lengthOf(unitsRange(item, range, 0, units.get(`${spend.id} ${item.position}`) ?? 0))
      const stretches = handed
        .filter((row) => !isUntold && row.units.spendId === spend.id && row.units.position === item.position)
        .map((row) => ({ range: unitsRange(item, range, row.units.fromUnit, row.units.toUnit), handed: row }))
      const rest = { fromVnd: stretches.at(-1)?.range.toVnd ?? range.fromVnd, toVnd: range.toVnd }
      return [...stretches, { range: rest, handed: null }].flatMap(({ range: within, handed: row }, index): BoughtPart[] => {
        const amountVnd = lengthWithin(own, within)
        if (amountVnd === 0n) return []
        const delivery = row && {
          ...{ slug: row.delivery.slug, place: pick(locale, row.delivery.placeVi, row.delivery.placeEn) },
          ...{ commune: pick(locale, row.commune.fullNameVi, row.commune.fullNameEn), communeSlug: row.commune.slug },
          deliveredOn: row.delivery.deliveredOn,
        }
        if (row && delivery) addDelivered(steps, { at: row.delivery.createdAt, delivery, amountVnd })
        const whole = wholeUnits(item, range, own, within)
        const words = { item: pick(locale, item.itemVi, item.itemEn), unit: pick(locale, item.unitVi, item.unitEn) }
        return [
          {
            ...{ key: `${spend.id}-${item.position}-${index}`, ...words, wholeUnits: whole.units },
            ...{ sharedVnd: amountVnd - whole.vnd, amountVnd, delivery },
          },
        ]
      })
    })
    const isOpen = isUntold ? deliveredVnd < spend.amountVnd : bought.some(({ delivery }) => delivery === null)
    return {
      ...name,
      ...{ dueOn: spend.dueOn, amountVnd: bought.reduce((sum, one) => sum + one.amountVnd, 0n), spendVnd: spend.amountVnd },
      // What of this gift is in the spend did not come back: whether the rest did is told on the spend's own page.
      isOverdue: isOverdue({ ...spend, deliveredVnd, returnedVnd: 0n }, dayOf(ctx.now())) && isOpen,
      ...{ isUntold, isOpen },
      bought,
    }
  })
  return { spends: told, steps }
}

/** A delivery is one step, whatever it handed over. */
function addDelivered(
  steps: StoryStep[],
  { at, delivery, amountVnd }: { at: Date; delivery: NonNullable<BoughtPart['delivery']>; amountVnd: bigint },
): void {
  const key = `delivered-${delivery.slug}`
  const known = steps.find((step) => step.key === key)
  if (known) known.amountVnd += amountVnd
  else steps.push({ kind: 'delivered', key, at, on: delivery.deliveredOn, amountVnd, delivery })
}

const lengthOf = ({ fromVnd, toVnd }: Range): bigint => (toVnd > fromVnd ? toVnd - fromVnd : 0n)

const lengthWithin = (own: readonly Range[], within: Range): bigint => own.reduce((sum, one) => sum + lengthOf(overlap(one, within)), 0n)

/** The units that lie in a gift's đồng alone, and what they cost. */
function wholeUnits(item: SpendItem, range: Range, own: readonly Range[], within: Range): { units: number; vnd: bigint } {
  const whole = own
    .map((one) => overlap(one, within))
    .filter((one) => lengthOf(one) > 0n)
    .map((one) => unitsWithin(item, range, one))
    .filter(([first, last]) => last > first)
  return {
    units: whole.reduce((sum, [first, last]) => sum + last - first, 0),
    vnd: whole.reduce((sum, [first, last]) => sum + lengthOf(unitsRange(item, range, first, last)), 0n),
  }
}
