import { Readable } from 'node:stream'
import { alias } from 'drizzle-orm/pg-core'
import { and, asc, between, desc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { publicLineFileParts, publicLineFiles, publicLineTotals } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { isDay, periodDays, type Day } from '../time/day'
import { fileHead, linesOfDay } from './csv'
import { ALL_POTS, type LinesFile } from './model'

/** A reader holds one part, and takes it in slices. */
const SLICE_BYTES = 64 * 1024
/** A file with more days that are read anew would keep the database as busy as any other result. */
const MOST_LIVE_DAYS = 31

/** Nothing changed since it was made. */
export const isAsMade = sql`made_after = changes`

/** A day within a file. */
export interface FileDay {
  day: Day
  /** Names of the parts that hold its rows, and how many rows; null while something changed in it since they were made. */
  made: { parts: string[]; lines: number } | null
}

/** The file of a period as it stands, and the days with lines in it, in order; null where none was begun. In one look. */
export async function lookAtFile(
  db: Database | Transaction,
  period: string,
): Promise<{ file: typeof publicLineFiles.$inferSelect; head: string | null; days: FileDay[] } | null> {
  const { from, to } = periodDays(period)
  const [head, ofDay] = [alias(publicLineFileParts, 'head'), alias(publicLineFiles, 'of_day')]
  const days = db
    .selectDistinct({ day: publicLineTotals.day })
    .from(publicLineTotals)
    .where(and(eq(publicLineTotals.lineId, ALL_POTS), between(publicLineTotals.day, from, to), gt(publicLineTotals.lines, 0)))
    .as('days')
  const rows = await db
    .select({
      ...{ file: publicLineFiles, head: head.file, day: days.day, lines: ofDay.lines, part: publicLineFileParts.file },
      isMade: sql<boolean | null>`${ofDay.madeAfter} = ${ofDay.changes}`,
    })
    .from(publicLineFiles)
    .leftJoin(head, and(eq(head.period, publicLineFiles.period), eq(head.position, 0)))
    .leftJoin(days, sql`true`)
    .leftJoin(ofDay, eq(ofDay.period, sql`to_char(${days.day}, 'YYYY-MM-DD')`))
    .leftJoin(publicLineFileParts, and(eq(publicLineFileParts.period, ofDay.period), gt(publicLineFileParts.position, 0)))
    .where(eq(publicLineFiles.period, period))
    .orderBy(asc(days.day), asc(publicLineFileParts.position))
  const [first] = rows
  if (!first) return null
  const found = new Map<Day, FileDay>()
  for (const { day, isMade, lines, part } of rows) {
    if (day === null) continue
    const known = found.get(day) ?? { day, made: isMade === true ? { parts: [], lines: lines ?? 0 } : null }
    if (part !== null) known.made?.parts.push(part)
    found.set(day, known)
  }
  return { file: first.file, head: first.head, days: [...found.values()] }
}

/** Files of closed periods, newest first: years and months, the month that is not whole yet among them; or the days of one month. */
export async function listLineFiles(db: Database, month: string | null): Promise<LinesFile[]> {
  const rows = await db
    .select({ file: publicLineFiles, isMade: sql<boolean>`${isAsMade}` })
    .from(publicLineFiles)
    .where(and(isNotNull(publicLineFiles.sha256), month === null ? sql`length(period) < 10` : sql`period like ${`${month}-__`}`))
    .orderBy(desc(publicLineFiles.period))
  const files = rows.map(({ isMade, file: { period, lines, sha256, bytes } }) => ({
    period,
    isWhole: true,
    made: isMade && lines !== null && sha256 !== null && bytes !== null ? { lines, sha256, bytes } : null,
  }))
  const newest = month === null ? await newestMonth(db) : null
  return newest === null || files.some(({ period }) => period === newest)
    ? files
    : [{ period: newest, isWhole: false, made: null }, ...files]
}

/** The month of the newest day that has a file; null where none has. */
async function newestMonth(db: Database): Promise<string | null> {
  const [day] = await db
    .select({ period: publicLineFiles.period })
    .from(publicLineFiles)
    .where(and(isNotNull(publicLineFiles.sha256), sql`length(period) = 10`))
    .orderBy(desc(publicLineFiles.period))
    .limit(1)
  return day?.period.slice(0, 7) ?? null
}

/** What is promised of a file that is sent as it was made. */
export interface MadeFile {
  /** In hex. */
  sha256: string
  bytes: number
  /** Name of the part that it begins with. */
  head: string
}

/** A file that can be sent: byte for byte as it was made, or, where something changed since, as its lines are now. */
export interface ServedFile {
  made: MadeFile | null
  days: readonly FileDay[]
}

/** The file of a closed period; "many" while too many days of it are made anew; null where there is none. */
export async function findLineFile(db: Database | Transaction, period: string): Promise<ServedFile | 'many' | null> {
  const looked = isDay(periodDays(period).from) ? await lookAtFile(db, period) : null
  if (!looked || looked.file.sha256 === null) return null
  const { file, head, days } = looked
  const { madeAfter, changes, sha256, bytes } = file
  const changed = days.filter(({ made }) => made === null).length
  if (changed > MOST_LIVE_DAYS) return 'many'
  const isMade = madeAfter === changes && changed === 0
  return { made: isMade && sha256 !== null && bytes !== null && head !== null ? { sha256, bytes, head } : null, days }
}

/**
 * The bytes of a file, part after part as they are asked for. A day that changed, before or while it is read, comes from the
 * lines themselves, which show no name that is hidden. Fails where that happens to a file that was promised as it was made.
 */
export function readLineFile(context: FileContext, { made, days }: ServedFile): Readable {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield made === null ? fileHead() : ((await context.files.get(nameIn(made.head))) ?? changedMeanwhile())
    for (const { day, made: ofDay } of days) {
      const [first, ...others] = ofDay?.parts ?? []
      const begun = first === undefined ? null : await storedPart(context, day, first)
      if (begun !== null) {
        yield begun
        for (const other of others) yield (await storedPart(context, day, other)) ?? changedMeanwhile()
      } else if (made === null) yield* linesOfDay(context, day).rows
      else changedMeanwhile()
    }
  }
  async function* slices(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes()) for (let at = 0; at < piece.length; at += SLICE_BYTES) yield piece.subarray(at, at + SLICE_BYTES)
  }
  return Readable.from(slices(), { objectMode: false, highWaterMark: SLICE_BYTES })
}

/** The bytes of a part of a day; null where something changed in the day, though they may not be deleted yet. */
async function storedPart({ db, files }: FileContext, day: Day, name: string): Promise<Uint8Array | null> {
  const [part] = await db
    .select({ name: publicLineFileParts.file })
    .from(publicLineFileParts)
    .innerJoin(publicLineFiles, eq(publicLineFiles.period, publicLineFileParts.period))
    .where(and(eq(publicLineFileParts.period, day), eq(publicLineFileParts.file, name), isAsMade))
    .limit(1)
  return part ? files.get(nameIn(part.name)) : null
}

function changedMeanwhile(): never {
  throw new Error('a file of the statement changed while it was sent')
}
