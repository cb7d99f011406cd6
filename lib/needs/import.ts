import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { administrativeUnits, needChanges, needImports, needs, programmes } from '../../db/schema'
import type { Context } from '../context'
import { sha256 } from '../files/digest'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'
import { figuresOf, lockNeed, writeChange } from './change'
import { judgeRows, reportPlaces, type JudgedRow } from './judge'
import type { ImportPreview } from './model'
import type { NeedSheetRow } from './sheet'

export interface SheetWish {
  programmeSlug: string
  /** First calendar year of the school year. */
  schoolYear: number
  fileName: string
  /** As they stand in it (`readNeedSheet`). */
  rows: NeedSheetRow[]
  by: string
  /** Names this sheet: sent twice, it is one. */
  key: string
}

/**
 * Keeps the rows of a spreadsheet of reports aside; nothing is reported yet. The file itself is not kept.
 * Refuses: an unknown programme.
 */
export async function stageNeedSheet(
  { db, now }: Context,
  { programmeSlug, schoolYear, fileName, rows, by, key }: SheetWish,
): Promise<Result<{ importId: number }, 'unknown_programme'>> {
  const [programme] = await db.select({ id: programmes.id }).from(programmes).where(eq(programmes.slug, programmeSlug))
  if (!programme) return refuse('unknown_programme')
  const idempotencyKey = `${programme.id}:${by}:${key}`
  const [made] = await db
    .insert(needImports)
    .values({
      ...{ programmeId: programme.id, schoolYear, fileName: fileName.slice(0, 200), rows },
      ...{ state: 'staged', idempotencyKey, stagedBy: by, stagedAt: now() },
    })
    .onConflictDoUpdate({ target: needImports.idempotencyKey, set: { idempotencyKey } })
    .returning({ id: needImports.id })
  if (!made) throw new Error('a sheet was not kept')
  return ok({ importId: made.id })
}

/** The communes that whoever looks at a sheet may report for. Who may not for all of them sees and decides on their own sheets alone. */
export type MayReportFor = 'all' | ReadonlySet<number>

const isNotTheirs = ({ stagedBy }: { stagedBy: string }, mayReportFor: MayReportFor, who: string): boolean =>
  mayReportFor !== 'all' && stagedBy !== who

/**
 * What taking a staged sheet in would do now, row by row; null where there is none.
 * @param by who looks
 */
export async function previewNeedSheet(
  { db }: Context,
  { importId, mayReportFor, by }: { importId: number; mayReportFor: MayReportFor; by: string },
): Promise<ImportPreview | null> {
  const [found] = await db
    .select({ sheet: needImports, programmeSlug: programmes.slug, fundId: programmes.fundId })
    .from(needImports)
    .innerJoin(programmes, eq(programmes.id, needImports.programmeId))
    .where(eq(needImports.id, importId))
  if (!found || isNotTheirs(found.sheet, mayReportFor, by)) return null
  const { sheet, programmeSlug, fundId } = found
  const judged = await judge(db, sheet, mayReportFor)
  const count = (verdict: JudgedRow['verdict']) => judged.filter((row) => row.verdict === verdict).length
  return {
    ...{ importId, programmeSlug, fundId, schoolYear: sheet.schoolYear, fileName: sheet.fileName, state: sheet.state },
    ...{ stagedBy: sheet.stagedBy, stagedAt: sheet.stagedAt, shown: shownAs(judged) },
    counts: { new: count('new'), same: count('same'), changed: count('changed'), beside: count('beside'), wrong: count('wrong') },
    rows: judged.map(({ row, verdict, problems, commune, categoryName, written, was, becomes }) => ({
      ...{ row, verdict, problems, commune, categoryName, written, was, becomes },
    })),
  }
}

type Sheet = typeof needImports.$inferSelect

const judge = async (db: Database, sheet: Sheet, mayReportFor: MayReportFor): Promise<JudgedRow[]> =>
  judgeRows(db, await reportPlaces(db, sheet.programmeId), { schoolYear: sheet.schoolYear, rows: sheet.rows, mayReportFor })

/** Stands for a preview: the same one says the same of every row. */
const shownAs = (judged: readonly JudgedRow[]): string =>
  sha256(Buffer.from(JSON.stringify(judged.map(({ row, verdict, known }) => [row, verdict, known?.id ?? null, known?.version ?? null]))))

export interface SheetDecision {
  importId: number
  /** Of the preview that was looked at. */
  shown: string
  mayReportFor: MayReportFor
  by: string
}

export type AcceptRefusal = 'unknown_import' | 'discarded' | 'has_wrong_rows' | 'changed_meanwhile'

/**
 * Takes a staged sheet in as a whole: new rows are reported, changed ones revise their report, and those of what was
 * checked already stand beside it for an editor. Its communes are locked, so that what happens is what the preview said.
 * Taking in twice changes nothing.
 * Refuses: a sheet that was thrown away; one with a wrong row; one whose preview would say something else by now.
 */
export const acceptNeedSheet = (
  context: Context,
  { importId, shown, mayReportFor, by }: SheetDecision,
): Promise<Result<{ taken: number }, AcceptRefusal>> =>
  context.db.transaction(async (tx) => {
    const [sheet] = await tx.select().from(needImports).where(eq(needImports.id, importId)).for('update')
    if (!sheet || isNotTheirs(sheet, mayReportFor, by)) return refuse('unknown_import')
    if (sheet.state === 'discarded') return refuse('discarded')
    if (sheet.state === 'accepted') return ok({ taken: 0 })
    const first = await judge(tx, sheet, mayReportFor)
    const unitIds = [...new Set(first.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])))]
    await tx
      .select({ id: administrativeUnits.id })
      .from(administrativeUnits)
      .where(inArray(administrativeUnits.id, [0, ...unitIds]))
      .orderBy(asc(administrativeUnits.id))
      .for('no key update')
    const judged = await judge(tx, sheet, mayReportFor)
    if (judged.some(({ verdict }) => verdict === 'wrong')) return refuse('has_wrong_rows')
    if (shownAs(judged) !== shown) return refuse('changed_meanwhile')
    if (!(await reviseChanged(tx, context, sheet, judged, by))) return refuse('changed_meanwhile')
    await reportNew(tx, context, sheet, judged, by)
    await tx.update(needImports).set({ state: 'accepted', decidedBy: by, decidedAt: context.now() }).where(eq(needImports.id, importId))
    return ok({ taken: judged.filter(({ verdict }) => verdict !== 'same').length })
  })

async function reviseChanged(tx: Transaction, context: Context, sheet: Sheet, judged: readonly JudgedRow[], by: string): Promise<boolean> {
  const changed = judged
    .flatMap(({ row, verdict, known, figures }) => (verdict === 'changed' && known && figures ? [{ row, known, figures }] : []))
    .toSorted((a, b) => a.known.id - b.known.id)
  const locked = []
  // All are locked before the first is written: a step that somebody took in between refuses the whole.
  for (const one of changed) {
    const need = await lockNeed(tx, one.known.id)
    if (need?.version !== one.known.version) return false
    locked.push({ ...one, need })
  }
  for (const { row, need, figures } of locked) {
    const change = { kind: 'revised' as const, set: figures, before: figuresOf(need), after: figuresOf(figures) }
    await writeChange(tx, need, { ...change, by, key: `sheet:${sheet.id}:${row}` }, context.now())
  }
  return true
}

async function reportNew(tx: Transaction, context: Context, sheet: Sheet, judged: readonly JudgedRow[], by: string): Promise<void> {
  const now = context.now()
  const reported = judged.flatMap(({ row, verdict, unitId, category, figures }) =>
    (verdict === 'new' || verdict === 'beside') && unitId !== null && category !== null && figures
      ? [{ row, unitId, category, figures }]
      : [],
  )
  if (reported.length === 0) return
  const place = { programmeId: sheet.programmeId, schoolYear: sheet.schoolYear, state: 'reported' as const, reportedOn: dayOf(now) }
  const made = await tx
    .insert(needs)
    .values(reported.map(({ unitId, category, figures }) => ({ ...place, unitId, category, ...figures })))
    .returning()
  await tx.insert(needChanges).values(
    made.map((need) => {
      const row = reported.find(({ unitId, category }) => unitId === need.unitId && category === need.category)?.row
      const change = { needId: need.id, kind: 'reported' as const, by, after: figuresOf(need), version: need.version, happenedAt: now }
      return { ...change, idempotencyKey: `sheet:${sheet.id}:${row}` }
    }),
  )
}

/** Throws a staged sheet away, as a whole. Refuses: one that was taken in. */
export async function discardNeedSheet(
  { db, now }: Context,
  { importId, mayReportFor, by }: Omit<SheetDecision, 'shown'>,
): Promise<Result<null, 'unknown_import' | 'accepted'>> {
  const [known] = await db.select({ stagedBy: needImports.stagedBy }).from(needImports).where(eq(needImports.id, importId))
  if (!known || isNotTheirs(known, mayReportFor, by)) return refuse('unknown_import')
  await db
    .update(needImports)
    .set({ state: 'discarded', decidedBy: by, decidedAt: now() })
    .where(and(eq(needImports.id, importId), eq(needImports.state, 'staged')))
  const [sheet] = await db.select({ state: needImports.state }).from(needImports).where(eq(needImports.id, importId))
  return sheet?.state === 'accepted' ? refuse('accepted') : ok(null)
}
