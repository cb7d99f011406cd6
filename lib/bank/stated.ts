import { and, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf, rowsParameter } from '../../db/rows'
import { bankTransactions, LINE_KEYS, statementLines } from '../../db/schema'
import { lineKey, LOOK_UP, type Candidate } from './identify'
import type { ArrivedNotice } from './told'

/** The id of the notice that is a line of a file: the same however often the file is booked. */
export const statedId = (fileId: bigint, number: number): string => `${fileId}/${number}`

/**
 * Leaves out of what a line of a statement may be the lines that other lines of the same file surely are, as was found
 * when the file was compared: a bank tells of a line once.
 */
export async function withoutClaimed(
  tx: Transaction,
  notices: readonly ArrivedNotice[],
  candidates: (notice: ArrivedNotice) => Candidate[],
): Promise<(notice: ArrivedNotice) => Candidate[]> {
  const files = new Set(notices.flatMap(({ stated }) => (stated ? [stated.fileId] : [])))
  if (files.size === 0) return candidates
  const ids = new Set(notices.flatMap((notice) => candidates(notice)).flatMap(({ line }) => (line.id === null ? [] : [line.id])))
  if (ids.size === 0) return candidates
  const claims = await tx
    .select({ fileId: statementLines.fileId, number: statementLines.number, id: statementLines.bankTransactionId })
    .from(statementLines)
    .where(and(isAnyOf(statementLines.bankTransactionId, [...ids]), sql`kind = 'known'`, isAnyOf(statementLines.fileId, [...files])))
  const claimedBy = new Map(claims.map(({ fileId, number, id }) => [`${fileId} ${id}`, statedId(fileId, number)]))
  return (notice) =>
    candidates(notice).filter(({ line }) => {
      const by = notice.stated && claimedBy.get(`${notice.stated.fileId} ${line.id}`)
      return by === undefined || by === notice.providerEventId
    })
}

/** Of one sum on one day; a person need not be shown more of them. */
const MOST_POSTED = 20

/**
 * Lines of the books that a bank booked on the days of lines of a statement, of the same sums, whatever else is said of
 * them: two files of one bank may write references in two ways. Without those that the same file surely tells of.
 */
export async function findPostedLines(tx: Transaction, notices: readonly ArrivedNotice[]): Promise<(notice: ArrivedNotice) => Candidate[]> {
  const given = notices.map((notice, of) => ({
    ...{ of, key: lineKey(notice), fileId: notice.stated?.fileId, postedOn: notice.stated?.postedOn },
  }))
  const { id, provider, reference, runningBalanceVnd, transactedAt, postedOn, memo } = bankTransactions
  const found = tx
    .$with('found', { id, provider, reference, runningBalanceVnd, transactedAt, postedOn, memo, of: sql<number>`"of"`.as('of') })
    .as(
      sql`
      select given."of", line.* from jsonb_to_recordset(${rowsParameter(given)}) as given("of" int, key text,
        "fileId" bigint, "postedOn" date)
      cross join lateral (
        select line.* from ${bankTransactions} as line
        where ${LINE_KEYS.postingDay} = given.key || ' ' || (given."postedOn" - '2000-01-01'::date)::text and not exists (
            select 1 from ${statementLines} as claim
            where claim.bank_transaction_id = line.id and claim.file_id = given."fileId" and claim.kind = 'known')
        order by line.id limit ${MOST_POSTED}::int) as line`,
    )
  const rows = await tx.with(found).select().from(found)
  const candidates = new Map<ArrivedNotice | undefined, Candidate[]>()
  for (const { of, ...row } of rows) {
    const candidate = { line: { ...row, toldBy: [] }, lookUp: LOOK_UP.ofDay }
    candidates.set(notices[of], [...(candidates.get(notices[of]) ?? []), candidate])
  }
  return (notice) => candidates.get(notice) ?? []
}

/** Writes into lines that were known without it the day on which the bank booked them. */
export async function writePostedDays(tx: Transaction, days: readonly { id: bigint; postedOn: string }[]): Promise<void> {
  if (days.length === 0) return
  await tx.execute(sql`
    update ${bankTransactions} as line set posted_on = given."postedOn"
    from jsonb_to_recordset(${rowsParameter(days)}) as given(id bigint, "postedOn" date)
    where line.id = given.id and line.posted_on is null`)
}
