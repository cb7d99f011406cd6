import { createHash } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { publicLineFileParts, publicLineFiles, publicLineTotals } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { holdFiles, keepFile, removeFile } from '../files/keep'
import { addDays, dayOf, periodDays, type Day } from '../time/day'
import { fileHead, linesOfDay } from './csv'
import { isAsMade, lookAtFile } from './files'
import { LINES_LOCK } from './follow'
import { ALL_POTS } from './model'

/** Days that are made before it is looked again what is due. */
const AT_ONCE = 20
/** So long files are made at one call; what is left follows at the next, and others have their turn meanwhile. */
const TURN_MS = 30_000
/** A month or a year that changed is added up again no sooner than this after it was: until then its days are sent as they are. */
const BETWEEN_SUMS_MS = 60 * 60_000
const PART_BYTES = 1024 * 1024

/** Not made, or something changed since; as its index has it. */
const isDue = sql`made_after is distinct from changes`
/** Made, and then something changed. */
const isOutdated = sql`made_after is distinct from changes and made_after is not null`

const isDay = (period: string): boolean => period.length === 10

/**
 * Until which day everything is closed: each account with lines closed the days they are of, and the day itself is over.
 * Cards and cash have no day to close, and those of an account that is retired are not waited for.
 */
async function closedUntil(db: Database, now: Date): Promise<Day> {
  const [row] = await db
    .select({ open: sql<string | null>`min(open.day)::text` })
    .from(
      sql`receiving_accounts a, lateral (select s.day from ${publicLineTotals} s where s.line_id = ${ALL_POTS} and s.receiving_account_id = a.id
        and s.day > coalesce((select max(c.day) from day_closes c where c.receiving_account_id = a.id), '-infinity') and s.lines > 0
        order by s.day limit 1) as open`,
    )
    .where(sql`a.retired_at is null or a.retired_at > ${now.toISOString()}::timestamptz`)
  const yesterday = addDays(dayOf(now), -1)
  const before = row?.open == null ? yesterday : addDays(row.open, -1)
  return before < yesterday ? before : yesterday
}

/**
 * Makes files of closed days, months and years that have none yet, or whose lines or words changed since: first what was
 * changed, then what is newest, for so long; the rest follows at the next call. A file that changes while it is made is made
 * again. What names were taken out of goes first, whether or not it can be made anew.
 * @param options.goesOn whether whoever called still wants them
 * @returns how many were made
 */
export async function makeLineFiles(
  context: FileContext,
  { goesOn = () => true, turnMs = TURN_MS }: { goesOn?: () => boolean; turnMs?: number } = {},
): Promise<number> {
  const began = performance.now()
  const isTime = () => goesOn() && performance.now() - began < turnMs
  await removeOutdatedBytes(context)
  // Each once: what changes without end has its turn at the next call.
  const tried = new Set<string>()
  let made = 0
  while (isTime()) {
    const next = await listNext(context, tried)
    if (next.length === 0) break
    for (const period of next) {
      if (!isTime()) break
      tried.add(period)
      if (await (isDay(period) ? makeDay(context, period, goesOn) : addUpDays(context, period, goesOn))) made += 1
    }
  }
  return made
}

/** What is made next of the closed periods whose file is not as it should be: some days, then months and years with no day among those. */
async function listNext({ db, now }: FileContext, tried: ReadonlySet<string>): Promise<string[]> {
  const until = await closedUntil(db, now())
  const summedBefore = new Date(now().getTime() - BETWEEN_SUMS_MS).toISOString()
  const { period } = publicLineFiles
  const rows = await db
    .select({ period })
    .from(publicLineFiles)
    .where(
      // One that was never made, and has no line any more, is none.
      sql`${isDue} and ${period} <= ${until} and (length(${period}) = 10 or made_at is null or made_at <= ${summedBefore}::timestamptz)
        and (made_after is not null or length(${period}) < 10 or exists (select from ${publicLineTotals} s
          where s.line_id = ${ALL_POTS} and s.day = case when length(${period}) = 10 then ${period}::date end and s.lines > 0))`,
    )
    .orderBy(sql`made_after is null, period desc`)
  const due = rows.map((row) => row.period)
  const days = due.filter(isDay)
  const without = new Set(days.flatMap((day) => [day.slice(0, 7), day.slice(0, 4)]))
  const whole = due.filter((one) => !isDay(one) && periodDays(one).to <= until && !without.has(one))
  const isNew = (one: string) => !tried.has(one)
  return [...days.filter(isNew).slice(0, AT_ONCE), ...whole.filter(isNew)]
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

/** Begins to make a file: from now on its changes count. @returns how many it will have been made after, and its days as they stand at that moment */
async function begin({ db }: FileContext, period: string) {
  return db.transaction(async (tx) => {
    // Whoever is just taking words out is waited for; who comes later counts up.
    await tx.execute(sql`select pg_advisory_xact_lock(${LINES_LOCK})`)
    await tx
      .update(publicLineFiles)
      .set({ changes: 1 })
      .where(and(eq(publicLineFiles.period, period), eq(publicLineFiles.changes, 0)))
    const looked = await lookAtFile(tx, period)
    if (!looked) throw new Error('a file that nobody asked for is made')
    const { changes, madeAfter } = looked.file
    return { changes, isNew: madeAfter === null, days: looked.days }
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

/** The file of a day: a head, and its lines in parts of a bounded size. @returns whether it was made */
async function makeDay(context: FileContext, day: Day, goesOn: () => boolean): Promise<boolean> {
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
    if (!goesOn()) return false
    whole.update(piece)
    bytes += piece.length
    rest.push(piece)
    if (rest.reduce((sum, { length }) => sum + length, 0) >= PART_BYTES) await keep()
  }
  await keep()
  await finish(context, day, { changes, parts, sha256: whole.digest('hex'), bytes, lines: counted() })
  return true
}

/**
 * The file of a month or a year: a head, and the parts of its days, which are only added up.
 * @returns whether it was made; not while a day of it is to be made first, nor where none has a line any more before it ever was
 */
async function addUpDays(context: FileContext, period: string, goesOn: () => boolean): Promise<boolean> {
  const { changes, isNew, days } = await begin(context, period)
  const made = days.flatMap((day) => day.made ?? [])
  if (made.length < days.length || (isNew && days.length === 0)) return false
  const head = fileHead()
  const whole = createHash('sha256').update(head)
  let bytes = head.length
  for (const { parts } of made) {
    for (const name of parts) {
      const part = goesOn() ? await context.files.get(nameIn(name)) : null
      if (part === null) return false
      whole.update(part)
      bytes += part.length
    }
  }
  const lines = made.reduce((sum, day) => sum + day.lines, 0)
  await finish(context, period, { changes, parts: [await keepHead(context)], sha256: whole.digest('hex'), bytes, lines })
  return true
}
