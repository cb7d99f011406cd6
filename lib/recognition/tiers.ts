import { and, desc, eq, isNull, or } from 'drizzle-orm'
import { funds, recognitionTiers } from '../../db/schema'
import type { Context } from '../context'
import { showChange } from '../events/show-change'
import { pick, type Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import type { GiverKind, Tier } from './model'

export interface TierSetting {
  nameVi: string
  nameEn: string
  fromVnd: bigint
}

export type TierRefusal = 'unknown_fund' | 'no_tiers' | 'not_in_order' | 'no_name'

const MOST_TIERS = 8

/**
 * Sets the headings under which a fund thanks its givers, in the place of those before.
 * @param setting.fundSlug null for the headings of every fund that has none of its own
 * @param setting.tiers from the highest sum to the lowest; the last begins with 0, so that everybody stands under one
 */
export async function setTiers(
  context: Context,
  { fundSlug, kind, tiers }: { fundSlug: string | null; kind: GiverKind; tiers: TierSetting[] },
): Promise<Result<null, TierRefusal>> {
  if (tiers.length === 0 || tiers.length > MOST_TIERS) return refuse('no_tiers')
  if (tiers.some(({ nameVi, nameEn }) => nameVi.trim() === '' || nameEn.trim() === '')) return refuse('no_name')
  const isDescending = tiers.every(({ fromVnd }, index) => fromVnd < (tiers[index - 1]?.fromVnd ?? fromVnd + 1n))
  if (!isDescending || tiers.at(-1)?.fromVnd !== 0n) return refuse('not_in_order')
  return context.db.transaction(async (tx) => {
    const [fund] = fundSlug === null ? [] : await tx.select({ id: funds.id }).from(funds).where(eq(funds.slug, fundSlug))
    if (fundSlug !== null && !fund) return refuse('unknown_fund')
    const fundId = fund?.id ?? null
    const own = fundId === null ? isNull(recognitionTiers.fundId) : eq(recognitionTiers.fundId, fundId)
    await tx.delete(recognitionTiers).where(and(own, eq(recognitionTiers.kind, kind)))
    await tx.insert(recognitionTiers).values(tiers.map((tier, position) => ({ ...tier, fundId, kind, position })))
    await showChange(tx, context.now())
    return ok(null)
  })
}

/** The headings that hold for a fund, from the highest; the site's where it has none, or where no fund is asked for. */
export async function listTiers({ db }: Context, fundId: number | null, locale: Locale): Promise<Record<GiverKind, Tier[]>> {
  const rows = await db
    .select()
    .from(recognitionTiers)
    .where(or(isNull(recognitionTiers.fundId), fundId === null ? undefined : eq(recognitionTiers.fundId, fundId)))
    .orderBy(desc(recognitionTiers.fromVnd))
  const of = (kind: GiverKind): Tier[] => {
    const ofKind = rows.filter((row) => row.kind === kind)
    const own = ofKind.filter((row) => row.fundId !== null)
    return (own.length > 0 ? own : ofKind.filter((row) => row.fundId === null)).map(({ nameVi, nameEn, fromVnd }) => ({
      name: pick(locale, nameVi, nameEn),
      fromVnd,
    }))
  }
  return { company: of('company'), person: of('person') }
}
