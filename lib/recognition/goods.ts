import { aliasedTable, and, asc, between, desc, eq, gt, inArray, lt, notExists, sql, type AnyColumn, type SQL } from 'drizzle-orm'
import { budgetLines, campaigns, disclosures, goodsIntervals, goodsLines, goodsReceipts, pledges } from '../../db/schema'
import type { Context } from '../context'
import { receiptStands } from '../donations/returned'
import { pick, type Locale } from '../i18n/locale'
import type { GoodsThanks, Stretch } from './model'
import { hasWords, wordsOf } from './names'
import type { PlaceOption, RecognitionFilter } from './schema'

const inYear = (day: AnyColumn, year: number | null): SQL | undefined =>
  year === null ? undefined : between(day, `${year}-01-01`, `${year}-12-31`)

/** Whether it came to a campaign of a place or a kind of need. */
function wentTo(place: PlaceOption): SQL {
  switch (place.group) {
    case 'fund':
      return eq(campaigns.fundId, place.id)
    case 'commune':
      return eq(campaigns.unitId, place.id)
    case 'category':
      return eq(campaigns.category, place.id)
  }
}

/**
 * Who brought goods or gave a service, newest first: each pledge once, where the last of it came, so that a list is one
 * walk back along the public order however much came before.
 */
export async function listGoods({ db }: Context, filter: RecognitionFilter, size: number, locale: Locale): Promise<Stretch<GoodsThanks>> {
  const { place, year } = filter
  const words = wordsOf(filter.name)
  if (filter.name !== '' && words.length === 0) return { rows: [], next: null }
  const before = /^\d{1,18}$/.exec(filter.after ?? '')?.[0]
  const later = aliasedTable(goodsReceipts, 'later')
  const laterPlace = aliasedTable(goodsIntervals, 'later_place')
  const laterOfSame = db
    .select({ id: later.id })
    .from(later)
    .innerJoin(laterPlace, eq(laterPlace.receiptId, later.id))
    .where(
      and(
        ...[eq(later.pledgeId, goodsReceipts.pledgeId), gt(laterPlace.eventId, goodsIntervals.eventId), inYear(later.receivedOn, year)],
        receiptStands(later.id),
      ),
    )
  const rows = await db
    .select({ eventId: goodsIntervals.eventId, pledgeId: goodsReceipts.pledgeId, name: disclosures.text, code: pledges.code })
    .from(goodsIntervals)
    .innerJoin(goodsReceipts, eq(goodsReceipts.id, goodsIntervals.receiptId))
    .innerJoin(pledges, and(eq(pledges.id, goodsReceipts.pledgeId), eq(pledges.isNamed, true)))
    .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .innerJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')))
    .where(
      and(
        inYear(goodsReceipts.receivedOn, year),
        receiptStands(goodsReceipts.id),
        notExists(laterOfSame),
        before === undefined ? undefined : lt(goodsIntervals.eventId, BigInt(before)),
        place ? wentTo(place) : undefined,
        hasWords(words),
      ),
    )
    .orderBy(desc(goodsIntervals.eventId))
    .limit(size + 1)
  const shown = rows.slice(0, size)
  const items = await itemsOf(
    db,
    shown.map(({ pledgeId }) => pledgeId),
    year,
  )
  return {
    rows: shown.map(({ pledgeId, name, code }) => {
      const own = items.filter((item) => item.pledgeId === pledgeId)
      return {
        ...{ key: String(pledgeId), name, code },
        receivedOn: own.reduce((day, { receivedOn }) => (receivedOn > day ? receivedOn : day), ''),
        items: own.map(({ line, units }) => ({
          key: String(line.position),
          item: pick(locale, line.itemVi, line.itemEn),
          unit: pick(locale, line.unitVi, line.unitEn),
          units,
        })),
      }
    }),
    next: rows.length > size ? String(shown.at(-1)?.eventId ?? '') : null,
  }
}

/** What came of pledges, thing by thing. */
async function itemsOf(db: Context['db'], pledgeIds: bigint[], year: number | null) {
  if (pledgeIds.length === 0) return []
  return db
    .select({
      pledgeId: goodsReceipts.pledgeId,
      line: budgetLines,
      units: sql`sum(${goodsReceipts.units})::bigint`.mapWith(BigInt),
      receivedOn: sql<string>`max(${goodsReceipts.receivedOn})::text`,
    })
    .from(goodsReceipts)
    .innerJoin(goodsLines, eq(goodsLines.lineId, goodsReceipts.lineId))
    .innerJoin(budgetLines, and(eq(budgetLines.campaignId, goodsLines.campaignId), eq(budgetLines.position, goodsLines.position)))
    .where(and(inArray(goodsReceipts.pledgeId, pledgeIds), inYear(goodsReceipts.receivedOn, year), receiptStands(goodsReceipts.id)))
    .groupBy(goodsReceipts.pledgeId, budgetLines.campaignId, budgetLines.position)
    .orderBy(asc(budgetLines.position))
}
