import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows } from '../../db/rows'
import { receivingAccounts, statementFiles, statementLines, statementMappings, statementParts, statementSections } from '../../db/schema'
import type { FileContext } from '../context'
import { readRows } from './file'
import { isField, RefusedFile, shorten, textOf, type Item, type Mapping, type SheetRow } from './model'
import { readStatement } from './read'
import { partsIn } from './store'

/** Lines of one transaction. */
const CHUNK = 1_000
/** What a person sees of a file whose columns nobody knows. */
const HEAD = { rows: 40, columns: 20, characters: 60 }

/** Said where a file was taken from under whoever reads it: thrown away, or read by another process. */
class Taken extends Error {}

/**
 * Reads a file that waits into staged lines, in transactions of a bounded size. Cut off at any moment, it is read again
 * from its beginning and goes on where it was: the same bytes give the same lines. What can't be taken leaves nothing.
 */
export async function stageFile(context: FileContext, fileId: bigint, signal?: AbortSignal): Promise<void> {
  const { db } = context
  const [file] = await db.select().from(statementFiles).where(eq(statementFiles.id, fileId))
  if (file?.state !== 'waiting') return
  const accounts = await accountsOf(context, file.fundId)
  const given = accounts.find(({ id }) => id === file.receivingAccountId)?.number ?? null
  const idOf = new Map(accounts.map(({ number, id }) => [number, id]))
  const parts = await db
    .select({ file: statementParts.file })
    .from(statementParts)
    .where(eq(statementParts.fileId, fileId))
    .orderBy(asc(statementParts.position))
  const bytes = partsIn(
    context.files,
    parts.map((part) => part.file),
  )
  const head: string[][] = []
  const rows = keepingHead(readRows(bytes, file.format), head)
  const known = {
    accounts: [...idOf.keys()],
    givenAccount: given,
    mappings: accounts.flatMap(({ mapping }) => (mapping === null ? [] : [mapping])),
  }

  let staged = file.linesRead
  let seen = 0
  let chunk: Item[] = []
  const write = async (isLast: boolean) => {
    const items = chunk
    chunk = []
    const rows = items.filter(isRow).length
    // What a process before this one staged.
    if (!isLast && seen + rows <= staged) {
      seen += rows
      return
    }
    await db.transaction(async (tx) => {
      staged = await writeChunk(tx, { fileId, staged, seen, items, accountIds: idOf, isLast })
    })
    seen += rows
  }
  try {
    for await (const item of readStatement(rows, known)) {
      chunk.push(item)
      if (chunk.length < CHUNK) continue
      signal?.throwIfAborted()
      await write(false)
    }
    await write(true)
  } catch (error) {
    if (error instanceof Taken) return
    if (!(error instanceof RefusedFile)) throw error
    const asksForMapping = error.problem.code === 'no_headers' && staged === 0
    await db
      .update(statementFiles)
      .set(asksForMapping ? { state: 'needs_mapping', head } : { state: 'refused', problem: error.problem })
      .where(and(eq(statementFiles.id, fileId), eq(statementFiles.state, 'waiting')))
  }
}

async function accountsOf({ db }: FileContext, fundId: number) {
  const rows = await db
    .select({ id: receivingAccounts.id, number: receivingAccounts.accountNumber, columns: statementMappings.columns })
    .from(receivingAccounts)
    .leftJoin(statementMappings, eq(statementMappings.receivingAccountId, receivingAccounts.id))
    .where(and(eq(receivingAccounts.fundId, fundId), isNotNull(receivingAccounts.approvedBy)))
    .orderBy(asc(receivingAccounts.id))
  return rows.map(({ columns, ...account }) => ({ ...account, mapping: columns && mappingOf(columns) }))
}

const mappingOf = (columns: Record<string, string>): Mapping =>
  Object.fromEntries(Object.entries(columns).flatMap(([header, field]) => (isField(field) ? [[header, field]] : [])))

async function* keepingHead(rows: AsyncIterable<SheetRow>, head: string[][]): AsyncGenerator<SheetRow> {
  for await (const row of rows) {
    if (head.length < HEAD.rows) head.push(row.cells.slice(0, HEAD.columns).map((cell) => shorten(textOf(cell), HEAD.characters)))
    yield row
  }
}

type Row = Extract<Item, { kind: 'line' | 'unreadable' }>
const isRow = (item: Item): item is Row => item.kind === 'line' || item.kind === 'unreadable'

interface Chunk {
  fileId: bigint
  /** Lines that are staged, by this process or one before it. */
  staged: number
  /** Lines of the file before this chunk. */
  seen: number
  items: readonly Item[]
  accountIds: ReadonlyMap<string, number>
  isLast: boolean
}

/** @returns how many lines are staged now */
async function writeChunk(tx: Transaction, { fileId, staged, seen, items, accountIds, isLast }: Chunk): Promise<number> {
  const [file] = await tx
    .select({ state: statementFiles.state, linesRead: statementFiles.linesRead })
    .from(statementFiles)
    .where(eq(statementFiles.id, fileId))
    .for('update')
  if (file?.state !== 'waiting' || file.linesRead !== staged) throw new Taken()
  await writeSections(tx, fileId, items, accountIds)
  const rows = items
    .filter(isRow)
    .map((item, index) => ({ item, number: seen + index + 1 }))
    .filter(({ number }) => number > staged)
  if (rows.length > 0) {
    await tx.execute(
      insertRows(
        statementLines,
        rows.map(({ item, number }) => ({ fileId, number, ...columnsOf(item) })),
      ),
    )
  }
  const linesRead = staged + rows.length
  await tx
    .update(statementFiles)
    .set({ linesRead, ...(isLast ? { state: 'comparing' as const } : {}) })
    .where(eq(statementFiles.id, fileId))
  return linesRead
}

async function writeSections(
  tx: Transaction,
  fileId: bigint,
  items: readonly Item[],
  accountIds: ReadonlyMap<string, number>,
): Promise<void> {
  for (const item of items) {
    if (item.kind === 'section') {
      const { position, accountNumber } = item.section
      const receivingAccountId = accountIds.get(accountNumber)
      if (receivingAccountId === undefined) throw new Error('a section is of an account that was not asked for')
      await tx.insert(statementSections).values({ fileId, position, receivingAccountId }).onConflictDoNothing()
    } else if (item.kind === 'end') {
      const { position, period, openingVnd, closingVnd, isNewestFirst } = item.end
      await tx
        .update(statementSections)
        .set({ openingVnd, closingVnd, isNewestFirst, fromDay: period?.from ?? null, toDay: period?.to ?? null })
        .where(and(eq(statementSections.fileId, fileId), eq(statementSections.position, position)))
    }
  }
}

function columnsOf(item: Row) {
  if (item.kind === 'unreadable') {
    const { section, row, problem } = item.unreadable
    return { section, row, problem, memo: '', kind: 'unreadable' as const }
  }
  const { contradiction, ...line } = item.line
  return { ...line, problem: contradiction, kind: null }
}

/** Deletes lines of files that came to nothing, so many at once. @returns whether there may be more */
export async function deleteStaged({ db }: Pick<FileContext, 'db'>, most: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [file] = await tx
      .select({ id: statementFiles.id })
      .from(statementFiles)
      .where(sql`state in ('refused', 'thrown_away') and lines_read > 0`)
      .limit(1)
      .for('update')
    if (!file) return false
    const deleted = await tx
      .delete(statementLines)
      .where(
        sql`file_id = ${file.id} and number in (select number from statement_lines where file_id = ${file.id} order by number limit ${most})`,
      )
      .returning({ number: statementLines.number })
    if (deleted.length === most) return true
    await tx.delete(statementSections).where(eq(statementSections.fileId, file.id))
    await tx.execute(sql`delete from statement_days where file_id = ${file.id}`)
    await tx.update(statementFiles).set({ linesRead: 0, linesCompared: 0, counts: null }).where(eq(statementFiles.id, file.id))
    return true
  })
}
