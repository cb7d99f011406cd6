import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { publicLineFileParts, publicLineFiles } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { holdFiles, keepFile, removeFile } from '../files/keep'
import { addDays, dayOf, type Day } from '../time/day'
import { linesOfDays } from './csv'
import { LINES_LOCK } from './follow'
import type { LinesFile } from './model'

/** Files that are made at one go: first what was changed, then what is newest. */
const AT_ONCE = 20
/** A reader holds one part, and takes it in slices. */
const PART_BYTES = 1024 * 1024
const SLICE_BYTES = 64 * 1024

const isCurrent = sql`made_after = changes`
/** Made, and then something changed. */
const isOutdated = sql`made_after <> changes`

/**
 * Until which day everything is closed: each account with lines closed the days they are of, and the day itself is over.
 * Null where none is. Cards and cash have no day to close, and those of an account that is retired are not waited for.
 */
async function closedUntil(db: Database, now: Date): Promise<Day | null> {
  const [row] = await db
    .select({
      open: sql<string | null>`(select min(s.day)::text from public_line_sums s where s.channel = 'bank' and s.lines > 0
        and s.day > coalesce((select max(c.day) from day_closes c where c.receiving_account_id = s.receiving_account_id), '-infinity')
        and not exists (select from receiving_accounts a where a.id = s.receiving_account_id and a.retired_at <= ${now.toISOString()}::timestamptz))`,
      first: sql<string | null>`(select min(s.day)::text from public_line_sums s where s.lines > 0)`,
    })
    .from(sql`(values (1)) as one`)
  const before = [addDays(dayOf(now), -1), ...(row?.open == null ? [] : [addDays(row.open, -1)])].toSorted()[0] ?? null
  return before === null || row?.first == null || before < row.first ? null : before
}

/** The last day of a period. */
const lastDay = (period: string): Day =>
  period.length === 10 ? period : period.length === 7 ? addDays(`${addDays(`${period}-28`, 4).slice(0, 7)}-01`, -1) : `${period}-12-31`

/** The days of a period. */
const daysOf = (period: string): { from: Day; to: Day } => ({
  from: period.length === 10 ? period : period.length === 7 ? `${period}-01` : `${period}-01-01`,
  to: lastDay(period),
})

/**
 * Makes files of closed days, months and years that have none yet, or whose lines or words changed since: bounded work, the
 * rest follows at the next call. A file that changes while it is made is made again. What names were taken out of goes first,
 * whether or not it can be made anew.
 * @returns how many were made
 */
export async function makeLineFiles(context: FileContext): Promise<number> {
  await removeOutdatedBytes(context)
  const until = await closedUntil(context.db, context.now())
  if (until === null) return 0
  const due = await context.db
    .select({ period: sql<string>`due.period` })
    .from(
      sql`(select distinct p.period from public_line_sums s
          cross join lateral (values (to_char(s.day, 'YYYY-MM-DD')), (to_char(s.day, 'YYYY-MM')), (to_char(s.day, 'YYYY'))) as p(period)
        where s.day <= ${until}::date and s.lines > 0
        union select f.period from ${publicLineFiles} f) as due left join ${publicLineFiles} f on f.period = due.period`,
    )
    .where(sql`f.made_after is distinct from f.changes or f.period is null`)
    .orderBy(sql`f.made_after is null, due.period desc`)
  const wanted = due.map(({ period }) => period).filter((period) => lastDay(period) <= until)
  for (const period of wanted.slice(0, AT_ONCE)) await makeFile(context, period)
  return Math.min(wanted.length, AT_ONCE)
}

/**
 * Deletes the bytes of files that something changed in since they were made: names that were erased or hidden stand in them,
 * and when they can be made anew is not known.
 */
export async function removeOutdatedBytes(context: FileContext): Promise<void> {
  const { db } = context
  const outdated = db.select({ period: publicLineFiles.period }).from(publicLineFiles).where(isOutdated)
  const parts = await db
    .selectDistinct({ file: publicLineFileParts.file })
    .from(publicLineFileParts)
    .where(inArray(publicLineFileParts.period, outdated))
  const names = parts.map(({ file }) => file)
  if (names.length === 0) return
  // Bytes first: what ends here is gone on with by whoever comes next.
  await removeBytes(context, names)
  await db.delete(publicLineFileParts).where(and(inArray(publicLineFileParts.period, outdated), inArray(publicLineFileParts.file, names)))
}

/** Deletes the bytes of parts that no file has which is served. */
async function removeBytes(context: FileContext, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await removeFile(context, name, async (tx) => {
      const served = await tx
        .select({ period: publicLineFiles.period })
        .from(publicLineFileParts)
        .innerJoin(publicLineFiles, eq(publicLineFiles.period, publicLineFileParts.period))
        .where(and(eq(publicLineFileParts.file, name), isCurrent))
        .limit(1)
      return served.length > 0
    })
  }
}

async function makeFile(context: FileContext, period: string): Promise<void> {
  const { db, now } = context
  const changes = await db.transaction(async (tx) => {
    // Whoever is just taking words out is waited for; who comes later counts up.
    await tx.execute(sql`select pg_advisory_xact_lock(${LINES_LOCK})`)
    await tx.insert(publicLineFiles).values({ period, changes: 0 }).onConflictDoNothing()
    const [row] = await tx.select({ changes: publicLineFiles.changes }).from(publicLineFiles).where(eq(publicLineFiles.period, period))
    return row?.changes ?? 0
  })
  const whole = createHash('sha256')
  const parts: string[] = []
  let bytes = 0
  let rest: Buffer[] = []
  const keep = async () => {
    const part = Buffer.concat(rest)
    rest = []
    if (part.length > 0) parts.push(await keepFile(context, 'kept', part, 'text/csv'))
  }
  const { csv, counted } = linesOfDays(context, daysOf(period))
  for await (const piece of csv as AsyncIterable<Buffer>) {
    whole.update(piece)
    bytes += piece.length
    rest.push(piece)
    if (rest.reduce((sum, { length }) => sum + length, 0) >= PART_BYTES) await keep()
  }
  await keep()
  const former = await db.transaction(async (tx) => {
    const gone = await tx
      .delete(publicLineFileParts)
      .where(eq(publicLineFileParts.period, period))
      .returning({ file: publicLineFileParts.file })
    // A file of the same bytes may have been outdated, and deleted, meanwhile.
    await holdFiles(tx, parts)
    if (parts.length > 0) await tx.insert(publicLineFileParts).values(parts.map((file, position) => ({ period, position, file })))
    await tx
      .update(publicLineFiles)
      .set({ madeAfter: changes, sha256: whole.digest('hex'), bytes, lines: counted(), madeAt: now() })
      .where(eq(publicLineFiles.period, period))
    return gone
  })
  // What names were in is not kept a moment longer, nor what changed while it was made.
  await removeBytes(
    context,
    former.map(({ file }) => file),
  )
  await removeOutdatedBytes(context)
}

/** Files of closed periods, newest first: years and months, and the days of one month. */
export async function listLineFiles(db: Database, month: string | null): Promise<LinesFile[]> {
  return db
    .select({
      period: publicLineFiles.period,
      sha256: sql<string>`${publicLineFiles.sha256}`,
      bytes: sql`${publicLineFiles.bytes}`.mapWith(Number),
      lines: sql`${publicLineFiles.lines}`.mapWith(Number),
    })
    .from(publicLineFiles)
    .where(sql`${isCurrent} and ${month === null ? sql`length(period) < 10` : sql`period like ${`${month}-__`}`}`)
    .orderBy(desc(publicLineFiles.period))
}

/** A file that can be sent as it was made. */
export interface ServedFile {
  /** In hex. */
  sha256: string
  bytes: number
  /** Names of its parts, in order. */
  parts: readonly string[]
}

/** The file of a closed period; "anew" while it is made once more; null where there is none. */
export async function findLineFile(db: Database, period: string): Promise<ServedFile | 'anew' | null> {
  // In one look: it may be made anew between two.
  const rows = await db
    .select({ made: publicLineFiles, part: publicLineFileParts.file })
    .from(publicLineFiles)
    .leftJoin(publicLineFileParts, eq(publicLineFileParts.period, publicLineFiles.period))
    .where(eq(publicLineFiles.period, period))
    .orderBy(asc(publicLineFileParts.position))
  const made = rows[0]?.made
  if (!made) return null
  const { madeAfter, changes, sha256, bytes } = made
  if (madeAfter !== changes || sha256 === null || bytes === null) return 'anew'
  return { sha256, bytes, parts: rows.flatMap(({ part }) => part ?? []) }
}

/** The bytes of a file, part after part as they are asked for. Fails where it is outdated, and so deleted, meanwhile. */
export function readLineFile({ files }: Pick<FileContext, 'files'>, { parts }: ServedFile): Readable {
  async function* slices(): AsyncGenerator<Uint8Array> {
    for (const name of parts) {
      const part = await files.get(nameIn(name))
      if (!part) throw new Error('a part of a file of the statement is gone')
      for (let at = 0; at < part.length; at += SLICE_BYTES) yield part.subarray(at, at + SLICE_BYTES)
    }
  }
  return Readable.from(slices(), { objectMode: false, highWaterMark: SLICE_BYTES })
}
