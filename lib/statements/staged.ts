import { and, asc, eq, gt, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { receivingAccounts, statementLines, statementSections, type StatementProblem } from '../../db/schema'
import { statedId } from '../bank/stated'
import { arrive, type ArrivedNotice } from '../bank/told'
import type { Day } from '../time/day'
import type { LineKind } from './model'

/** A line of a file as it is staged; what could not be read has no facts. */
export interface StagedLine {
  fileId: bigint
  number: number
  row: number
  part: 'fee' | 'vat' | null
  receivingAccountId: number
  accountNumber: string
  postedOn: Day | null
  transactedAt: Date | null
  direction: 'in' | 'out' | null
  amountVnd: bigint | null
  balanceVnd: bigint | null
  reference: string | null
  memo: string
  kind: LineKind | null
  problem: StatementProblem | null
  bankTransactionId: bigint | null
}

/** Lines of a file in the order of their numbers, after one of them; of those alone that meet a condition, where one is given. */
export async function listLines(
  db: Pick<Database, 'select'>,
  fileId: bigint,
  after: number,
  most: number,
  condition?: SQL,
): Promise<StagedLine[]> {
  const { number, row, part, postedOn, transactedAt, direction, amountVnd, balanceVnd, reference, memo, kind, problem, bankTransactionId } =
    statementLines
  return db
    .select({
      ...{ fileId: statementLines.fileId, number, row, part, postedOn, transactedAt, direction, amountVnd, balanceVnd, reference, memo },
      ...{ kind, problem, bankTransactionId },
      ...{ receivingAccountId: statementSections.receivingAccountId, accountNumber: receivingAccounts.accountNumber },
    })
    .from(statementLines)
    .innerJoin(
      statementSections,
      and(eq(statementSections.fileId, statementLines.fileId), eq(statementSections.position, statementLines.section)),
    )
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, statementSections.receivingAccountId))
    .where(and(eq(statementLines.fileId, fileId), gt(number, after), condition))
    .orderBy(asc(number))
    .limit(most)
}

/**
 * A staged line as the bank's notice of it, which is booked by the same door as those of aggregators.
 * @param isSureOnly whether to look for lines alone that it surely is
 */
export function noticeOf(line: StagedLine, arrivedAt: Date, isSureOnly = line.kind === 'known'): ArrivedNotice {
  const { fileId, number, accountNumber, postedOn, transactedAt, direction, amountVnd, balanceVnd, reference, memo } = line
  if (postedOn === null || transactedAt === null || direction === null || amountVnd === null) {
    throw new Error(`line ${number} of statement file ${fileId} was not read`)
  }
  const lookAlikeId = line.kind === 'possible_duplicate' ? line.bankTransactionId : null
  return arrive(
    {
      ...{ provider: 'statement', providerEventId: statedId(fileId, number), accountNumber, direction, amountVnd, reference, memo },
      ...{ transactedAt, runningBalanceVnd: balanceVnd, stated: { fileId, postedOn, lookAlikeId, isSureOnly } },
      // All that it says is in the line that it tells of.
      body: {},
    },
    arrivedAt,
  )
}
