import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { publicLineFileParts, publicLineFiles } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { holdFiles, keepFile, removeFile } from '../files/keep'
import { addDays, dayOf, type Day } from '../time/day'
import { fileHead, linesOfDay } from './csv'
import { daysOf, isAsMade, lookAtFile } from './files'
import { LINES_LOCK } from './follow'

/** Days that are made at one go, and as many months and years: first what was changed, then what is newest. */
const AT_ONCE = 20
/** A month or a year that changed is added up again no sooner than this after it was: until then its days are sent as they are. */
const BETWEEN_SUMS_MS = 60 * 60_000
const PART_BYTES = 1024 * 1024

/** Made, and then something changed. */
const isOutdated = sql`made_after <> changes`

const isDay = (period: string): boolean => period.length === 10

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
  const due = await listDue(context, until)
  const days = due.filter(isDay).slice(0, AT_ONCE)
  for (const day of days) await makeDay(context, day)
  let sums = 0
  for (const period of due.filter((one) => !isDay(one)).slice(0, AT_ONCE)) if (await addUpDays(context, period)) sums += 1
  return days.length + sums
}

/** Periods that are closed and whose file is not as it should be. */
async function listDue({ db, now }: FileContext, until: Day): Promise<string[]> {
  const summedBefore = new Date(now().getTime() - BETWEEN_SUMS_MS).toISOString()
  const due = await db
    .select({ period: sql<string>`due.period` })
    .from(
      sql`(select distinct p.period from public_line_sums s
          cross join lateral (values (to_char(s.day, 'YYYY-MM-DD')), (to_char(s.day, 'YYYY-MM')), (to_char(s.day, 'YYYY'))) as p(period)
        where s.day <= ${until}::date and s.lines > 0
        union select f.period from ${publicLineFiles} f) as due left join ${publicLineFiles} f on f.period = due.period`,
    )
    .where(
      sql`(f.made_after is distinct from f.changes or f.period is null)
        and (length(due.period) = 10 or f.made_at is null or f.made_at <= ${summedBefore}::timestamptz)`,
    )
    .orderBy(sql`f.made_after is null, due.period desc`)
  return due.map(({ period }) => period).filter((period) => daysOf(period).to <= until)
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
        .where(and(eq(publicLineFileParts.file, name), isAsMade))
        .limit(1)
      return served.length > 0
    })
  }
}

/** Begins to make a file. @returns how many changes it will have been made after, and its days as they stand at that moment */
async function begin({ db }: FileContext, period: string) {
  return db.transaction(async (tx) => {
    // Whoever is just taking words out is waited for; who comes later counts up.
    await tx.execute(sql`select pg_advisory_xact_lock(${LINES_LOCK})`)
    await tx.insert(publicLineFiles).values({ period, changes: 0 }).onConflictDoNothing()
    const looked = await lookAtFile(tx, period)
    return { changes: looked?.file.changes ?? 0, days: looked?.days ?? [] }
  })
}

interface Made {
  changes: number
  /** Names of its parts; the first is its head. */
  parts: readonly string[]
  sha256: string
  bytes: number
  lines: number
}

/** Puts what was made in the place of what was there. Of two who made it at once, the first is right. */
async function finish(context: FileContext, period: string, { changes, parts, sha256, bytes, lines }: Made): Promise<void> {
  const { db, now } = context
  const former = await db.transaction(async (tx) => {
    const [file] = await tx.select().from(publicLineFiles).where(eq(publicLineFiles.period, period)).for('update')
    if (file?.madeAfter === file?.changes) return parts
    const gone = await tx
      .delete(publicLineFileParts)
      .where(eq(publicLineFileParts.period, period))
      .returning({ file: publicLineFileParts.file })
    // A file of the same bytes may have been outdated, and deleted, meanwhile.
    await holdFiles(tx, parts)
    await tx.insert(publicLineFileParts).values(parts.map((part, position) => ({ period, position, file: part })))
    await tx
      .update(publicLineFiles)
      .set({ madeAfter: changes, sha256, bytes, lines, madeAt: now() })
      .where(eq(publicLineFiles.period, period))
    return gone.map(({ file: part }) => part)
  })
  // What names were in is not kept a moment longer, nor what changed while it was made.
  await removeBytes(context, former)
  await removeOutdatedBytes(context)
}

const keepHead = (context: FileContext) => keepFile(context, 'kept', fileHead(), 'text/csv')

/** The file of a day: a head, and its lines in parts of a bounded size. */
async function makeDay(context: FileContext, day: Day): Promise<void> {
  const { changes } = await begin(context, day)
  const head = fileHead()
  const whole = createHash('sha256').update(head)
  const parts: string[] = [await keepHead(context)]
  let bytes = head.length
  let rest: Buffer[] = []
  const keep = async () => {
    const part = Buffer.concat(rest)
    rest = []
    if (part.length > 0) parts.push(await keepFile(context, 'kept', part, 'text/csv'))
  }
  const { rows, counted } = linesOfDay(context, day)
  for await (const piece of rows) {
    whole.update(piece)
    bytes += piece.length
    rest.push(piece)
    if (rest.reduce((sum, { length }) => sum + length, 0) >= PART_BYTES) await keep()
  }
  await keep()
  await finish(context, day, { changes, parts, sha256: whole.digest('hex'), bytes, lines: counted() })
}

/**
 * The file of a month or a year: a head, and the parts of its days, which are only added up.
 * @returns whether it was made; not while a day of it is to be made first
 */
async function addUpDays(context: FileContext, period: string): Promise<boolean> {
  const { changes, days } = await begin(context, period)
  const made = days.flatMap((day) => day.made ?? [])
  if (made.length < days.length) return false
  const head = fileHead()
  const whole = createHash('sha256').update(head)
  let bytes = head.length
  for (const { parts } of made) {
    for (const name of parts) {
      const part = await context.files.get(nameIn(name))
      if (part === null) return false
      whole.update(part)
      bytes += part.length
    }
  }
  const lines = made.reduce((sum, day) => sum + day.lines, 0)
  await finish(context, period, { changes, parts: [await keepHead(context)], sha256: whole.digest('hex'), bytes, lines })
  return true
}
