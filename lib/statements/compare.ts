import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { rowsParameter } from '../../db/rows'
import { statementDays, statementFiles, statementLines, statementSections } from '../../db/schema'
import { findCandidates, identifyLines, type Identified } from '../bank/identify'
import { findPostedLines, withoutClaimed } from '../bank/stated'
import type { ArrivedNotice } from '../bank/told'
import type { Context } from '../context'
import { countLines, writeDays } from './days'
import { listLines, noticeOf, type StagedLine } from './staged'

const CHUNK = 500

/** Said where a file is compared no longer: thrown away, or by another process. */
class Taken extends Error {}

/**
 * Says of each line of a staged file what it is beside the books, by the rules by which it will be booked, and of each
 * day what the file says of it. First those lines are found that surely are known; then the others are compared with
 * what is left, for a bank tells of a line once. In transactions of a bounded size; cut off, it goes on where it was.
 */
export async function compareFile(context: Context, fileId: bigint, signal?: AbortSignal): Promise<void> {
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (!(await compareSurely(context, fileId))) break
    }
    const otherDays = await daysToldElsewhere(context, fileId)
    for (let after = 0; ;) {
      signal?.throwIfAborted()
      const last = await compareWithRest(context, fileId, after, otherDays)
      if (last === null) break
      after = last
    }
    await finish(context, fileId)
  } catch (error) {
    if (!(error instanceof Taken)) throw error
  }
}

async function hold(tx: Transaction, fileId: bigint): Promise<{ fundId: number; linesRead: number; linesCompared: number }> {
  const [file] = await tx
    .select({
      ...{ state: statementFiles.state, fundId: statementFiles.fundId },
      ...{ linesRead: statementFiles.linesRead, linesCompared: statementFiles.linesCompared },
    })
    .from(statementFiles)
    .where(eq(statementFiles.id, fileId))
    .for('update')
  if (file?.state !== 'comparing') throw new Taken()
  // As lines are booked: a plan that fits every value is kept.
  await tx.execute(sql`select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`)
  return file
}

/** @returns whether there is more to compare */
async function compareSurely({ db, now }: Context, fileId: bigint): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { linesRead, linesCompared } = await hold(tx, fileId)
    const lines = await listLines(tx, fileId, linesCompared, CHUNK)
    const last = lines.at(-1)
    const readable = lines.filter(({ kind }) => kind !== 'unreadable')
    const notices = readable.map((line) => noticeOf(line, now(), true))
    const identified = identifyLines(notices, await withoutClaimed(tx, notices, await findCandidates(tx, notices)))
    await writeKinds(
      tx,
      fileId,
      readable.map((line, index) => verdictOf(line, identified[index])),
    )
    await tx
      .update(statementFiles)
      .set({ linesCompared: last?.number ?? linesRead })
      .where(eq(statementFiles.id, fileId))
    return last !== undefined
  })
}

/** Days of accounts that other accepted files tell of as well. */
async function daysToldElsewhere({ db }: Context, fileId: bigint): Promise<Set<string>> {
  const { receivingAccountId, day } = statementDays
  const rows = await db
    .selectDistinct({ receivingAccountId, day })
    .from(statementDays)
    .innerJoin(statementFiles, eq(statementFiles.id, statementDays.fileId))
    .where(
      and(
        ne(statementFiles.id, fileId),
        inArray(statementFiles.state, ['accepted', 'booked']),
        inArray(
          receivingAccountId,
          db.select({ id: statementSections.receivingAccountId }).from(statementSections).where(eq(statementSections.fileId, fileId)),
        ),
      ),
    )
  return new Set(rows.map((row) => `${row.receivingAccountId} ${row.day}`))
}

/**
 * Compares the lines that are not surely known with lines that no other line of the file is.
 * @returns the number of the last line that was looked at; null where there is none left
 */
async function compareWithRest({ db, now }: Context, fileId: bigint, after: number, otherDays: Set<string>): Promise<number | null> {
  return db.transaction(async (tx) => {
    await hold(tx, fileId)
    const lines = await listLines(tx, fileId, after, CHUNK, inArray(statementLines.kind, ['new', 'possible_duplicate']))
    const last = lines.at(-1)
    if (last === undefined) return null
    const notices = lines.map((line) => noticeOf(line, now(), false))
    const near = await findCandidates(tx, notices)
    const isToldElsewhere = lines.map(({ receivingAccountId, postedOn }) => otherDays.has(`${receivingAccountId} ${postedOn}`))
    const posted = await findPostedLines(
      tx,
      notices.filter((_, index) => isToldElsewhere[index]),
    )
    const both = (notice: ArrivedNotice) => [...near(notice), ...posted(notice)]
    const identified = identifyLines(notices, await withoutClaimed(tx, notices, both))
    const verdicts = lines.map((line, index) => verdictOf(line, identified[index]))
    const isChanged = ({ kind, bankTransactionId }: Verdict, index: number) =>
      kind !== lines[index]?.kind || bankTransactionId !== lines[index].bankTransactionId
    await writeKinds(tx, fileId, verdicts.filter(isChanged))
    return last.number
  })
}

interface Verdict {
  number: number
  kind: 'new' | 'known' | 'possible_duplicate' | 'contradictory'
  problem: unknown
  bankTransactionId: bigint | null
}

/** What a line contradicts itself is said before what it is in the books. */
function verdictOf({ number, row, problem, reference }: StagedLine, found: Identified | undefined): Verdict {
  if (!found) throw new Error('a line was not compared')
  const known = found.kind === 'known' ? found.line : found.lookAlike
  const bankTransactionId = known?.id ?? null
  const own = problem?.code === 'reference' ? null : problem
  if (own) return { number, kind: 'contradictory', problem: own, bankTransactionId: found.kind === 'known' ? bankTransactionId : null }
  if (found.kind === 'known') return { number, kind: 'known', problem: null, bankTransactionId }
  if (bankTransactionId === null) return { number, kind: 'new', problem: null, bankTransactionId }
  const isSameReference = found.lookAlike !== null && reference !== null && found.lookAlike.reference === found.notice.reference
  return isSameReference
    ? { number, kind: 'contradictory', problem: { code: 'reference', row }, bankTransactionId }
    : { number, kind: 'possible_duplicate', problem: null, bankTransactionId }
}

async function writeKinds(tx: Transaction, fileId: bigint, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return
  await tx.execute(sql`
    update statement_lines as line set kind = given.kind, problem = given.problem, bank_transaction_id = given."bankTransactionId"
    from jsonb_to_recordset(${rowsParameter(verdicts)}) as given(number int, kind text, problem jsonb, "bankTransactionId" bigint)
    where line.file_id = ${fileId} and line.number = given.number`)
}

async function finish({ db }: Context, fileId: bigint): Promise<void> {
  await db.transaction(async (tx) => {
    const { fundId, linesRead } = await hold(tx, fileId)
    const [accepted] = await tx
      .select({ id: statementFiles.id })
      .from(statementFiles)
      .where(and(eq(statementFiles.fundId, fundId), eq(statementFiles.state, 'accepted'), gt(statementFiles.linesRead, 0)))
      .limit(1)
    // What is being booked would make this comparison one with books of before.
    if (accepted) {
      await tx.update(statementFiles).set({ linesCompared: 0 }).where(eq(statementFiles.id, fileId))
      return
    }
    await writeDays(tx, fileId)
    await tx
      .update(statementFiles)
      .set({ state: 'read', counts: await countLines(tx, fileId), linesCompared: linesRead })
      .where(eq(statementFiles.id, fileId))
  })
}
