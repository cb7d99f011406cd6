import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { receivingAccounts, statementFiles, statementLines, statementSections } from '../../db/schema'
import type { Context } from '../context'
import { fold } from '../i18n/fold'
import type { FileState, FileView, LineKind, PreviewLine, SectionView } from './model'
import { listLines } from './staged'

const MOST_FILES = 60
const LINES_A_PAGE = 100

const shape = {
  ...{ id: statementFiles.id, name: statementFiles.name, format: statementFiles.format, bytes: statementFiles.bytes },
  ...{ state: statementFiles.state, problem: statementFiles.problem, counts: statementFiles.counts },
  ...{ linesRead: statementFiles.linesRead, linesCompared: statementFiles.linesCompared, linesBooked: statementFiles.linesBooked },
  ...{ uploadedBy: statementFiles.uploadedBy, uploadedAt: statementFiles.uploadedAt },
  ...{ acceptedBy: statementFiles.acceptedBy, acceptedAt: statementFiles.acceptedAt, acceptedDespite: statementFiles.acceptedDespite },
  thrownAwayBy: statementFiles.thrownAwayBy,
}

/** Files of a fund, the newest first. For its people alone. */
export const listFiles = ({ db }: Context, fundId: number): Promise<FileView[]> =>
  db.select(shape).from(statementFiles).where(eq(statementFiles.fundId, fundId)).orderBy(desc(statementFiles.id)).limit(MOST_FILES)

/** A file of a fund, what it says of each account, and its first rows where it asks what its columns are; null where there is none. */
export async function getFile(
  { db }: Context,
  fundId: number,
  fileId: bigint,
): Promise<{ file: FileView; sections: SectionView[]; head: string[][] | null; receivingAccountId: number | null } | null> {
  const [row] = await db
    .select({ file: shape, head: statementFiles.head, receivingAccountId: statementFiles.receivingAccountId })
    .from(statementFiles)
    .where(and(eq(statementFiles.id, fileId), eq(statementFiles.fundId, fundId)))
  if (!row) return null
  const sections = await db
    .select({
      ...{ position: statementSections.position, alias: receivingAccounts.alias, accountNumber: receivingAccounts.accountNumber },
      ...{ openingVnd: statementSections.openingVnd, closingVnd: statementSections.closingVnd },
      ...{ fromDay: statementSections.fromDay, toDay: statementSections.toDay },
    })
    .from(statementSections)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, statementSections.receivingAccountId))
    .where(eq(statementSections.fileId, fileId))
    .orderBy(asc(statementSections.position))
  return { ...row, sections }
}

/** Lines of a file as its page shows them, a hundred at once. @param kind null for all @param after number of the line before */
export async function listPreview(
  { db }: Context,
  fileId: bigint,
  kind: LineKind | null,
  after: number,
): Promise<{ lines: PreviewLine[]; next: number | null }> {
  const lines = await listLines(db, fileId, after, LINES_A_PAGE + 1, kind === null ? undefined : eq(statementLines.kind, kind))
  const page = lines.slice(0, LINES_A_PAGE)
  return {
    lines: page.map(
      ({ number, row, part, postedOn, direction, amountVnd, balanceVnd, reference, memo, kind: is, problem, bankTransactionId }) => ({
        ...{ number, row, part, postedOn, direction, amountVnd, balanceVnd, reference, memo, kind: is, problem },
        bankLineId: bankTransactionId === null ? null : String(bankTransactionId),
      }),
    ),
    next: lines.length > LINES_A_PAGE ? (page.at(-1)?.number ?? null) : null,
  }
}

/** Accounts of a fund that its statements can be of. */
export const listStatementAccounts = ({ db }: Context, fundId: number): Promise<{ id: number; alias: string; accountNumber: string }[]> =>
  db
    .select({ id: receivingAccounts.id, alias: receivingAccounts.alias, accountNumber: receivingAccounts.accountNumber })
    .from(receivingAccounts)
    .where(and(eq(receivingAccounts.fundId, fundId), isNotNull(receivingAccounts.approvedBy)))
    .orderBy(asc(receivingAccounts.id))

const WAIT_FOR_A_PERSON: FileState[] = ['needs_mapping', 'read', 'refused']

/** Files that wait for a person of a fund. */
export async function countFilesWaiting({ db }: Context, { fundId }: { fundId: number }): Promise<number> {
  return db.$count(statementFiles, and(eq(statementFiles.fundId, fundId), inArray(statementFiles.state, WAIT_FOR_A_PERSON)))
}

/** The row of a file's head that is likeliest its headers: the one with the most texts. */
export function headersIn(head: readonly (readonly string[])[]): number {
  const texts = (row: readonly string[]) => new Set(row.map(fold).filter((text) => /[a-z]/.test(text))).size
  return head.reduce((best, row, at) => (texts(row) > texts(head[best] ?? []) ? at : best), 0)
}
