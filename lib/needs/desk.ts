import { and, asc, count, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import {
  administrativeUnits,
  campaigns,
  needCategories,
  needChanges,
  needCoverages,
  needImports,
  needPapers,
  needRounds,
  needs,
  programmes,
} from '../../db/schema'
import { uncoveredVnd } from '../campaigns/uncovered'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { NeedDesk, NeedItem, NeedState, ProgrammeChoice } from './model'

const MOST_ITEMS = 200
const LIVE: NeedState[] = ['reported', 'checked', 'published']

const itemsOf = ({ db }: Context) =>
  db
    .select({ need: needs, unit: administrativeUnits, category: needCategories, fundId: programmes.fundId, programmeSlug: programmes.slug })
    .from(needs)
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
    .innerJoin(needCategories, eq(needCategories.key, needs.category))
    .$dynamic()

function itemView({ need, unit, category }: Awaited<ReturnType<typeof itemsOf>>[number], locale: Locale): NeedItem {
  const { children, quantity, amountVnd, priority, note, state, version, schoolYear, reportedOn } = need
  return {
    ...{ needId: need.id, state, version, schoolYear, reportedOn, children, quantity, amountVnd, priority, note },
    ...{ unitId: unit.id, commune: pick(locale, unit.fullNameVi, unit.fullNameEn) },
    ...{ categoryKey: category.key, category: pick(locale, category.nameVi, category.nameEn) },
    unit: pick(locale, category.unitVi, category.unitEn),
  }
}

/** Which needs of a fund are asked for; null for all. */
export interface NeedFilter {
  fundId: number
  state: NeedState | null
  schoolYear: number | null
  /** The communes that whoever asks may see. */
  unitIds: readonly number[] | null
}

const matching = ({ fundId, state, schoolYear, unitIds }: NeedFilter): SQL | undefined =>
  and(
    eq(programmes.fundId, fundId),
    state ? eq(needs.state, state) : inArray(needs.state, LIVE),
    schoolYear === null ? undefined : eq(needs.schoolYear, schoolYear),
    unitIds === null ? undefined : inArray(needs.unitId, [0, ...unitIds]),
  )

const urgentFirst = sql`array_position(array['urgent', 'usual', 'later']::text[], ${needs.priority})`

/** Needs of a fund as a list, the urgent first and of them the oldest; at most two hundred, with how many there are. */
export async function listNeeds(context: Context, filter: NeedFilter, locale: Locale): Promise<{ items: NeedItem[]; total: number }> {
  const rows = await itemsOf(context).where(matching(filter)).orderBy(urgentFirst, asc(needs.reportedOn), asc(needs.id)).limit(MOST_ITEMS)
  const [counted] = await context.db
    .select({ total: count() })
    .from(needs)
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .where(matching(filter))
  return { items: rows.map((row) => itemView(row, locale)), total: counted?.total ?? 0 }
}

const countNeeds = async ({ db }: Context, fundId: number, state: NeedState): Promise<number> => {
  const [counted] = await db
    .select({ total: count() })
    .from(needs)
    .innerJoin(programmes, eq(programmes.id, needs.programmeId))
    .where(and(eq(programmes.fundId, fundId), eq(needs.state, state)))
  return counted?.total ?? 0
}

/** How many needs of a fund nobody has checked. */
export const countNeedsToCheck = (context: Context, { fundId }: { fundId: number }) => countNeeds(context, fundId, 'reported')

/** How many needs of a fund are checked and not public. */
export const countNeedsToPublish = (context: Context, { fundId }: { fundId: number }) => countNeeds(context, fundId, 'checked')

/** Whoever may not report for all communes sees the sheets that they brought themselves. */
const ownSheets = (communeIds: 'all' | ReadonlySet<number>, staffId: string) =>
  communeIds === 'all' ? undefined : eq(needImports.stagedBy, staffId)

/** How many sheets of a fund nobody has decided on. */
export async function countNeedSheets(
  { db }: Context,
  { fundId, staffId, communeIds }: { fundId: number; staffId: string; communeIds: 'all' | ReadonlySet<number> },
): Promise<number> {
  const [sheets] = await db
    .select({ total: count() })
    .from(needImports)
    .innerJoin(programmes, eq(programmes.id, needImports.programmeId))
    .where(and(eq(programmes.fundId, fundId), eq(needImports.state, 'staged'), ownSheets(communeIds, staffId)))
  return sheets?.total ?? 0
}

/** The programmes of a fund, and the school years of which something is reported or asked, the newest first. */
export async function listNeedYears(
  { db }: Context,
  fundId: number,
  locale: Locale,
): Promise<{ programmes: ProgrammeChoice[]; years: number[] }> {
  const own = await db.select().from(programmes).where(eq(programmes.fundId, fundId)).orderBy(asc(programmes.id))
  const ids = [0, ...own.map(({ id }) => id)]
  const reported = await db.selectDistinct({ year: needs.schoolYear }).from(needs).where(inArray(needs.programmeId, ids))
  const asked = await db.selectDistinct({ year: needRounds.schoolYear }).from(needRounds).where(inArray(needRounds.programmeId, ids))
  return {
    programmes: own.map(({ id, slug, titleVi, titleEn }) => ({ id, slug, title: pick(locale, titleVi, titleEn) })),
    years: [...new Set([...reported, ...asked].map(({ year }) => year))].toSorted((a, b) => b - a),
  }
}

/** Staged sheets of a fund that nobody has decided on, the newest first. */
export const listStagedSheets = (
  { db }: Context,
  { fundId, staffId, communeIds }: { fundId: number; staffId: string; communeIds: 'all' | ReadonlySet<number> },
) =>
  db
    .select({ importId: needImports.id, fileName: needImports.fileName, stagedAt: needImports.stagedAt })
    .from(needImports)
    .innerJoin(programmes, eq(programmes.id, needImports.programmeId))
    .where(and(eq(programmes.fundId, fundId), eq(needImports.state, 'staged'), ownSheets(communeIds, staffId)))
    .orderBy(desc(needImports.id))
    .limit(20)

/** The page of a need in the console, with all that was done to it; null where there is none. */
export async function getNeedDesk(context: Context, needId: number, locale: Locale): Promise<NeedDesk | null> {
  const { db } = context
  const [row] = await itemsOf(context).where(eq(needs.id, needId))
  if (!row) return null
  const { need, category, fundId, programmeSlug } = row
  const coverages = await db.select().from(needCoverages).where(eq(needCoverages.needId, needId)).orderBy(asc(needCoverages.id))
  const papers = await db.select().from(needPapers).where(eq(needPapers.needId, needId)).orderBy(asc(needPapers.id))
  const steps = await db.select().from(needChanges).where(eq(needChanges.needId, needId)).orderBy(desc(needChanges.id))
  const ownCampaigns = await db.select().from(campaigns).where(eq(campaigns.needId, needId)).orderBy(asc(campaigns.id))
  const doubles = await itemsOf(context)
    .where(
      and(
        ...[eq(needs.unitId, need.unitId), eq(needs.category, need.category), eq(needs.schoolYear, need.schoolYear)],
        ...[inArray(needs.state, LIVE), sql`${needs.id} <> ${needId}`],
      ),
    )
    .orderBy(asc(needs.id))
  return {
    ...itemView(row, locale),
    ...{ fundId, programmeSlug, isPerChild: category.isPerChild, mergedIntoId: need.mergedIntoId },
    coverages: coverages.map(({ id, source, nameVi, nameEn, quantity, amountVnd }) => ({
      ...{ id, source, name: pick(locale, nameVi, nameEn), quantity, amountVnd },
    })),
    papers: papers.map(({ id, type, addedBy, addedAt }) => ({ id: String(id), type, addedBy, addedAt })),
    steps: steps.map(({ id, kind, by, reason, before, after, happenedAt }) => ({
      ...{ key: String(id), kind, by, reason, before, after, happenedAt },
    })),
    doubles: doubles.map((double) => itemView(double, locale)),
    campaigns: ownCampaigns.map(({ id, slug, titleVi, titleEn, state, goalVnd }) => ({
      ...{ campaignId: id, slug, title: pick(locale, titleVi, titleEn), state, goalVnd },
    })),
    uncoveredVnd: await uncoveredVnd(db, needId),
  }
}
