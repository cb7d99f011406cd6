import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { campaigns, disclosures, goodsPledges, goodsRefusals, pledges } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { AwaitedGoods } from './model'

const PAGE = 40
/** Goods past their time are still looked for at the door for so long. */
const LATE_DAYS = 60

/** Promises of goods of a fund of which nothing came, the one whose time ends first at the top; a while after it as well. */
export async function listAwaitedGoods({ db, now }: Context, fundId: number, locale: Locale): Promise<AwaitedGoods[]> {
  const rows = await db
    .select({
      pledge: pledges,
      nature: goodsPledges.nature,
      name: disclosures.text,
      titleVi: campaigns.titleVi,
      titleEn: campaigns.titleEn,
      units: sql`(select coalesce(sum(i.units), 0)::bigint from pledge_items i where i.pledge_id = ${pledges.id})`.mapWith(BigInt),
    })
    .from(pledges)
    .innerJoin(goodsPledges, eq(goodsPledges.pledgeId, pledges.id))
    .innerJoin(campaigns, eq(campaigns.id, goodsPledges.campaignId))
    .leftJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name')))
    .leftJoin(goodsRefusals, eq(goodsRefusals.pledgeId, pledges.id))
    .where(and(awaited(fundId, now()), isNull(goodsRefusals.pledgeId)))
    .orderBy(asc(pledges.expiresAt), asc(pledges.id))
    .limit(PAGE)
  return rows.map(({ pledge: { code, expiresAt }, nature, name, titleVi, titleEn, units }) => ({
    ...{ code, nature, name, units, expiresAt, isLate: expiresAt <= now(), campaign: pick(locale, titleVi, titleEn) },
  }))
}

/** An open promise, not longer past its time than is looked for. */
const awaited = (fundId: number, at: Date) =>
  and(
    eq(pledges.fundId, fundId),
    eq(pledges.method, 'goods'),
    eq(pledges.state, 'open'),
    gt(pledges.expiresAt, new Date(at.getTime() - LATE_DAYS * 86_400_000)),
  )

/** How many promises of goods of a fund wait to be brought. */
export const countAwaitedGoods = ({ db, now }: Context, { fundId }: { fundId: number }): Promise<number> =>
  db.$count(pledges, awaited(fundId, now()))
