import { and, asc, eq, inArray, isNull, lt, ne, not, or, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import {
  consents,
  files,
  needPapers,
  organisationLogos,
  papers,
  photoFiles,
  photos,
  publicLineFileParts,
  statementFiles,
  statementParts,
} from '../../db/schema'
import type { FileContext } from '../context'
import { removeFile } from '../files/keep'
import { addDays, dayOf, startOfDay, type Day } from '../time/day'

/** Who stores a file uses it within seconds; a day later it is an orphan. */
const ORPHAN_MS = 24 * 60 * 60_000
const MOST_AT_ONCE = 200
/** A statement that was booked is kept while the fund's people may still ask what it said: the fund has its own. */
export const STATEMENT_KEPT_DAYS = 90

/** Whether a photo that stands, a paper, a statement, a file of the public one, a logo, or the proof of a need has a file: also one that still waits to be released, or accepted. */
const isUsed = (db: Database, today: Day): SQL =>
  sql`(exists (${db
    .select({ one: sql`1` })
    .from(photoFiles)
    .innerJoin(photos, eq(photos.id, photoFiles.photoId))
    .leftJoin(consents, eq(consents.id, photos.consentId))
    .where(
      and(
        eq(photoFiles.file, files.name),
        isNull(photos.withdrawnAt),
        or(isNull(consents.validUntil), sql`${consents.validUntil} >= ${today}`),
      ),
    )}) or exists (${db
    .select({ one: sql`1` })
    .from(papers)
    .where(or(eq(papers.original, files.name), and(eq(papers.copy, files.name), isNull(papers.withdrawnAt))))}) or exists (${db
    .select({ one: sql`1` })
    .from(statementParts)
    .innerJoin(statementFiles, eq(statementFiles.id, statementParts.fileId))
    .where(
      and(
        eq(statementParts.file, files.name),
        ne(statementFiles.state, 'thrown_away'),
        sql`(${statementFiles.bookedAt} is null or ${statementFiles.bookedAt} > ${startOfDay(addDays(today, -STATEMENT_KEPT_DAYS))})`,
      ),
    )}) or exists (${db
    .select({ one: sql`1` })
    .from(publicLineFileParts)
    .where(eq(publicLineFileParts.file, files.name))}) or exists (${db
    .select({ one: sql`1` })
    .from(needPapers)
    .where(eq(needPapers.file, files.name))}) or exists (${db
    .select({ one: sql`1` })
    .from(organisationLogos)
    .where(and(eq(organisationLogos.file, files.name), isNull(organisationLogos.withdrawnAt)))}))`

/** Deletes the bytes of what was withdrawn, unless something else that is shown has the same. */
export async function removeUnneeded(context: FileContext, { photoIds }: { photoIds: bigint[] }): Promise<void> {
  if (photoIds.length === 0) return
  const rows = await context.db.selectDistinct({ name: photoFiles.file }).from(photoFiles).where(inArray(photoFiles.photoId, photoIds))
  for (const { name } of rows) await removeIfUnused(context, name)
}

/** Deletes a file's bytes unless something uses it. @returns whether they were deleted */
export const removeIfUnused = (context: FileContext, name: string): Promise<boolean> =>
  removeFile(context, name, async (tx) => {
    const [used] = await tx
      .select({ name: files.name })
      .from(files)
      .where(and(eq(files.name, name), isUsed(tx, dayOf(context.now()))))
    return used !== undefined
  })

/**
 * Deletes bytes that nothing uses: of uploads that were cut off, of what was withdrawn by a process that then ended,
 * and of photos whose consent has run out. A bounded number at once; the rest follows next time.
 * @returns how many files it deleted
 */
export async function sweepFiles(context: FileContext): Promise<number> {
  const before = new Date(context.now().getTime() - ORPHAN_MS)
  const rows = await context.db
    .select({ name: files.name })
    .from(files)
    .where(and(isNull(files.removedAt), lt(files.storedAt, before), not(isUsed(context.db, dayOf(context.now())))))
    .orderBy(asc(files.storedAt))
    .limit(MOST_AT_ONCE)
  let removed = 0
  for (const { name } of rows) if (await removeIfUnused(context, name)) removed += 1
  return removed
}
