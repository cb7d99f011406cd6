import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { publicLineFileParts, publicLineFiles } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { keepFile, removeFile } from '../files/keep'
import { addDays, dayOf, type Day } from '../time/day'
import { linesOfDays } from './csv'
import { LINES_LOCK } from './follow'
import type { LinesFile } from './model'

/** Files that are made at one go: first what was changed, then what is newest. */
const AT_ONCE = 20
const PART_BYTES = 4 * 1024 * 1024

const isCurrent = sql`made_after = changes`

/**
 * Until which day everything is closed: each account with lines closed the days they are of, and the day itself is over.
 * Null where none is. Cards and cash have no day to close.
 */
async function closedUntil(db: Database, today: Day): Promise<Day | null> {
  const [row] = await db
    .select({
      open: sql<string | null>`(select min(s.day)::text from public_line_sums s where s.channel = 'bank' and s.lines > 0
        and s.day > coalesce((select max(c.day) from day_closes c where c.receiving_account_id = s.receiving_account_id), '-infinity'))`,
      first: sql<string | null>`(select min(s.day)::text from public_line_sums s where s.lines > 0)`,
    })
    .from(sql`(values (1)) as one`)
  const before = [addDays(today, -1), ...(row?.open == null ? [] : [addDays(row.open, -1)])].toSorted()[0] ?? null
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
 * rest follows at the next call. A file that changes while it is made is made again.
 * @returns how many were made
 */
export async function makeLineFiles(context: FileContext): Promise<number> {
  const until = await closedUntil(context.db, dayOf(context.now()))
  if (until === null) return 0
  const due = await context.db
    .select({ period: sql<string>`due.period` })
    .from(
      sql`(select distinct p.period from public_line_sums s
          cross join lateral (values (to_char(s.day, 'YYYY-MM-DD')), (to_char(s.day, 'YYYY-MM')), (to_char(s.day, 'YYYY'))) as p(period)
        where s.day <= ${until}::date and s.lines > 0
        union select f.period from ${publicLineFiles} f) as due left join ${publicLineFiles} f on f.period = due.period and f.made_after = f.changes`,
    )
    .where(sql`f.period is null`)
    .orderBy(sql`due.period desc`)
  const wanted = due.map(({ period }) => period).filter((period) => lastDay(period) <= until)
  for (const period of wanted.slice(0, AT_ONCE)) await makeFile(context, period)
  return Math.min(wanted.length, AT_ONCE)
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
    if (parts.length > 0) await tx.insert(publicLineFileParts).values(parts.map((file, position) => ({ period, position, file })))
    await tx
      .update(publicLineFiles)
      .set({ madeAfter: changes, sha256: whole.digest('hex'), bytes, lines: counted(), madeAt: now() })
      .where(eq(publicLineFiles.period, period))
    return gone
  })
  // What names were in is not kept a moment longer.
  for (const { file } of former) {
    await removeFile(context, file, async (tx) => (await tx.$count(publicLineFileParts, eq(publicLineFileParts.file, file))) > 0)
  }
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

/** A file of a closed period, as it was made; "anew" while it is made once more. */
export async function openLineFile(
  { db, files }: FileContext,
  period: string,
): Promise<{ sha256: string; bytes: number; stream: Readable } | 'anew' | null> {
  const [file] = await db.select().from(publicLineFiles).where(eq(publicLineFiles.period, period))
  if (!file) return null
  if (file.madeAfter !== file.changes || file.sha256 === null || file.bytes === null) return 'anew'
  const parts = await db
    .select({ file: publicLineFileParts.file })
    .from(publicLineFileParts)
    .where(eq(publicLineFileParts.period, period))
    .orderBy(asc(publicLineFileParts.position))
  async function* pieces(): AsyncGenerator<Buffer> {
    for (const { file: name } of parts) {
      const part = await files.get(nameIn(name))
      if (!part) throw new Error(`a part of the statement of ${period} is gone`)
      yield Buffer.from(part)
    }
  }
  return { sha256: file.sha256, bytes: file.bytes, stream: Readable.from(pieces(), { objectMode: false }) }
}
