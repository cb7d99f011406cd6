import { asc, eq, inArray } from 'drizzle-orm'
import { administrativeUnits, deliveries, deliveryUnits, spendItems, spends } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { dayOf } from '../time/day'
import { fatesOf, spendIdsOf, type Part } from './fate'
import { rangesOf, unitsRange, type Fate, type GiftStory, type Range, type SpendPart } from './model'

const ORDER: readonly Fate['kind'][] = ['delivered', 'spent', 'committed', 'waiting', 'held', 'reserve', 'refunded']

/** Tells what became of gifts, together. */
export async function getGiftStory(ctx: Context, donationIds: readonly bigint[], locale: Locale): Promise<GiftStory> {
  const parts: Part[] = []
  for (const id of donationIds) parts.push(...(await fatesOf(ctx.db, id)))
  const waiting = parts.flatMap(({ fate }) => (fate.kind === 'waiting' ? [fate.aheadVnd] : []))
  return {
    sums: ORDER.map((kind) => ({ kind, amountVnd: sumOf(parts.filter(({ fate }) => fate.kind === kind)) })).filter(
      ({ amountVnd }) => amountVnd > 0n,
    ),
    spends: await spendParts(ctx, parts, locale),
    aheadVnd: waiting.length === 0 ? null : waiting.reduce((least, one) => (one < least ? one : least)),
  }
}

const sumOf = (parts: readonly Part[]): bigint => parts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)

async function spendParts(ctx: Context, parts: readonly Part[], locale: Locale): Promise<SpendPart[]> {
  const ids = spendIdsOf(parts)
  if (ids.length === 0) return []
  const rows = await ctx.db.select().from(spends).where(inArray(spends.id, ids)).orderBy(asc(spends.id))
  const items = await ctx.db.select().from(spendItems).where(inArray(spendItems.spendId, ids))
  const handed = await ctx.db
    .select({ units: deliveryUnits, delivery: deliveries, commune: administrativeUnits })
    .from(deliveryUnits)
    .innerJoin(deliveries, eq(deliveries.id, deliveryUnits.deliveryId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, deliveries.unitId))
    .where(inArray(deliveryUnits.spendId, ids))
    .orderBy(asc(deliveryUnits.fromUnit))
  return rows.map((spend) => {
    const own = parts.flatMap(({ fate }) =>
      (fate.kind === 'spent' || fate.kind === 'delivered') && fate.spendId === spend.id ? [fate.range] : [],
    )
    const itemsOf = items.filter(({ spendId }) => spendId === spend.id)
    const ranges = rangesOf(itemsOf)
    const bought = itemsOf
      .sort((a, b) => a.position - b.position)
      .flatMap((item) => {
        const range = ranges.get(item.position)
        if (!range) return []
        const stretches = handed
          .filter(({ units }) => units.spendId === spend.id && units.position === item.position)
          .map(({ units, delivery, commune }) => ({
            range: unitsRange(item, range, units.fromUnit, units.toUnit),
            delivery: {
              ...{ slug: delivery.slug, place: pick(locale, delivery.placeVi, delivery.placeEn), deliveredOn: delivery.deliveredOn },
              ...{ commune: pick(locale, commune.fullNameVi, commune.fullNameEn), communeSlug: commune.slug },
            },
          }))
        const rest = { fromVnd: stretches.at(-1)?.range.toVnd ?? range.fromVnd, toVnd: range.toVnd }
        return [...stretches, { range: rest, delivery: null }].flatMap(({ range: within, delivery }, index) => {
          const mine = own.map((one) => overlap(one, within)).filter((one) => one.fromVnd < one.toVnd)
          const amountVnd = mine.reduce((sum, { fromVnd, toVnd }) => sum + toVnd - fromVnd, 0n)
          if (amountVnd === 0n) return []
          const whole = mine.reduce((sum, one) => sum + wholeUnits(item, range, one), 0)
          const wholeVnd = mine.reduce((sum, one) => sum + wholeVndOf(item, range, one), 0n)
          return [
            {
              ...{
                key: `${spend.id}-${item.position}-${index}`,
                item: pick(locale, item.itemVi, item.itemEn),
                unit: pick(locale, item.unitVi, item.unitEn),
              },
              ...{ wholeUnits: whole, sharedVnd: amountVnd - wholeVnd, amountVnd, delivery },
            },
          ]
        })
      })
    return {
      ...{ key: String(spend.id), title: pick(locale, spend.titleVi, spend.titleEn), supplier: spend.supplier, dueOn: spend.dueOn },
      ...{ amountVnd: bought.reduce((sum, one) => sum + one.amountVnd, 0n), spendVnd: spend.amountVnd },
      isOverdue: spend.state !== 'settled' && dayOf(ctx.now()) > spend.dueOn && bought.some(({ delivery }) => delivery === null),
      bought,
    }
  })
}

const overlap = (a: Range, b: Range): Range => ({
  fromVnd: a.fromVnd > b.fromVnd ? a.fromVnd : b.fromVnd,
  toVnd: a.toVnd < b.toVnd ? a.toVnd : b.toVnd,
})

/** The first and the last unit that lie within some đồng of an item, [first, last). */
function unitsWithin(item: { units: number; amountVnd: bigint }, range: Range, { fromVnd, toVnd }: Range): [first: number, last: number] {
  const units = BigInt(item.units)
  const from = fromVnd - range.fromVnd
  const to = toVnd - range.fromVnd
  // The first u with ⌊uS/n⌋ ≥ from, and the last with ⌊uS/n⌋ ≤ to.
  const first = (from * units + item.amountVnd - 1n) / item.amountVnd
  const last = ((to + 1n) * units - 1n) / item.amountVnd
  return [Number(first), Math.min(item.units, Number(last))]
}

function wholeUnits(item: { units: number; amountVnd: bigint }, range: Range, part: Range): number {
  const [first, last] = unitsWithin(item, range, part)
  return Math.max(0, last - first)
}

function wholeVndOf(item: { position: number; units: number; amountVnd: bigint }, range: Range, part: Range): bigint {
  const [first, last] = unitsWithin(item, range, part)
  if (last <= first) return 0n
  const whole = unitsRange(item, range, first, last)
  return whole.toVnd - whole.fromVnd
}
