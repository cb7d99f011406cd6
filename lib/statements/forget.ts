import { and, asc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import { statementFiles, statementLines } from '../../db/schema'
import type { Context } from '../context'
import { STATEMENT_KEPT_DAYS } from '../evidence/sweep'

/** What nobody accepted by then is thrown away. */
const OPEN_KEPT_DAYS = 30
const DAY_MS = 86_400_000

/** A line of a file: where a look goes on. */
export interface LinePlace {
  fileId: bigint
  number: number
}

/** Throws away files that nobody accepted; their lines and bytes are deleted soon after. @returns how many */
export async function throwOldFilesAway({ db, now }: Context): Promise<number> {
  const old = await db
    .update(statementFiles)
    .set({ state: 'thrown_away', head: null, thrownAwayAt: now() })
    .where(
      and(
        inArray(statementFiles.state, ['waiting', 'needs_mapping', 'comparing', 'read', 'refused']),
        lt(statementFiles.uploadedAt, new Date(now().getTime() - OPEN_KEPT_DAYS * DAY_MS)),
      ),
    )
    .returning({ id: statementFiles.id })
  return old.length
}

/**
 * Forgets memos of staged lines whose file was booked long enough ago: each is in the line of the books it became.
 * @returns the last line that was old enough, null where there was none, and how many memos were forgotten
 */
export async function forgetStagedMemos(
  { db, now }: Context,
  after: LinePlace,
  batch: number,
): Promise<{ last: LinePlace | null; changed: number }> {
  const { fileId, number } = statementLines
  const rows = await db
    .select({ fileId, number })
    .from(statementLines)
    .innerJoin(statementFiles, eq(statementFiles.id, fileId))
    .where(
      and(
        lt(statementFiles.bookedAt, new Date(now().getTime() - STATEMENT_KEPT_DAYS * DAY_MS)),
        or(gt(fileId, after.fileId), and(eq(fileId, after.fileId), gt(number, after.number))),
      ),
    )
    .orderBy(asc(fileId), asc(number))
    .limit(batch)
  let changed = 0
  for (const [id, lines] of Map.groupBy(rows, (row) => row.fileId)) {
    const forgotten = await db
      .update(statementLines)
      .set({ memo: '' })
      .where(
        and(
          eq(fileId, id),
          inArray(
            number,
            lines.map((line) => line.number),
          ),
          sql`memo <> ''`,
        ),
      )
      .returning({ number })
    changed += forgotten.length
  }
  return { last: rows.at(-1) ?? null, changed }
}
