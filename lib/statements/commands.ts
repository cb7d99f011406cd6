import { and, eq, exists, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '../../db/client'
import { receivingAccounts, statementDays, statementFiles, statementMappings, statementParts } from '../../db/schema'
import type { Context } from '../context'
import { holdFiles } from '../files/keep'
import { fold } from '../i18n/fold'
import { ok, refuse, type Result } from '../result'
import { isEnough } from './headers'
import type { Field } from './model'
import type { StoredFile } from './store'

/** Somebody acting on a file of a fund. */
interface ActOnFile {
  fundId: number
  fileId: bigint
  by: string
}

/**
 * Gives a stored file to a fund, to be read. The same key again gives nothing anew.
 * Refuses: an account that is none of the fund's.
 * @param given `receivingAccountId` where the file is said to be of one account
 * @returns the file's id
 */
export async function giveFile(
  { db, now }: Context,
  given: StoredFile & { fundId: number; name: string; receivingAccountId: number | null; idempotencyKey: string; by: string },
): Promise<Result<bigint, 'unknown_account'>> {
  const { parts, fundId, name, receivingAccountId, idempotencyKey, by, bytes, format } = given
  return db.transaction(async (tx) => {
    if (receivingAccountId !== null && !(await isOwnAccount(tx, fundId, receivingAccountId))) return refuse('unknown_account')
    await holdFiles(tx, parts)
    const [made] = await tx
      .insert(statementFiles)
      .values({ fundId, name: storable(name, 200), format, bytes, receivingAccountId, idempotencyKey, uploadedBy: by, uploadedAt: now() })
      .onConflictDoNothing()
      .returning({ id: statementFiles.id })
    if (made) {
      await tx.insert(statementParts).values(parts.map((file, position) => ({ fileId: made.id, position, file })))
      return ok(made.id)
    }
    const [there] = await tx.select({ id: statementFiles.id }).from(statementFiles).where(eq(statementFiles.idempotencyKey, idempotencyKey))
    if (!there) throw new Error('a file is neither new nor known')
    return ok(there.id)
  })
}

/**
 * Says what the columns of an account's files are, for this file and all that follow, and lets this one be read again.
 * Refuses: what is no table of bank lines, an account that is none of the fund's, and a file that does not ask for it.
 * @param columns by the text of each header
 */
export async function mapColumns(
  { db, now }: Context,
  {
    fundId,
    fileId,
    by,
    receivingAccountId,
    columns,
  }: ActOnFile & { receivingAccountId: number; columns: readonly { header: string; field: Field }[] },
): Promise<Result<null, 'not_found' | 'not_waiting' | 'unknown_account' | 'not_enough' | 'twice'>> {
  return db.transaction(async (tx) => {
    const file = await lockFile(tx, fundId, fileId)
    if (!file) return refuse('not_found')
    if (file.state !== 'needs_mapping') return refuse('not_waiting')
    if (!(await isOwnAccount(tx, fundId, receivingAccountId))) return refuse('unknown_account')
    const fields = new Set(columns.map(({ field }) => field))
    const headers = columns.map(({ header }) => fold(header)).filter((header) => header !== '')
    if (!isEnough(fields)) return refuse('not_enough')
    if (fields.size < columns.length || new Set(headers).size < columns.length) return refuse('twice')
    const said = { columns: Object.fromEntries(columns.map(({ header, field }) => [fold(header), field])), setBy: by, setAt: now() }
    await tx
      .insert(statementMappings)
      .values({ receivingAccountId, ...said })
      .onConflictDoUpdate({ target: statementMappings.receivingAccountId, set: said })
    await tx.update(statementFiles).set({ state: 'waiting', head: null, receivingAccountId }).where(eq(statementFiles.id, fileId))
    return ok(null)
  })
}

/**
 * Accepts a file as a whole: its lines are booked from now on, and undone by reversals alone. Other files that tell of
 * the same days are compared anew before anybody can accept them.
 * Refuses: a file that is not read to its end, has lines that can't be read, or contradicts itself or the books without
 * a reason why it is right nevertheless. Said again, it changes nothing.
 * @param despite why; null where nobody gave a reason
 */
export async function acceptFile(
  { db, now }: Context,
  { fundId, fileId, by, despite }: ActOnFile & { despite: string | null },
): Promise<Result<null, 'not_found' | 'not_read' | 'unreadable_lines' | 'contradictory_lines'>> {
  return db.transaction(async (tx) => {
    const file = await lockFile(tx, fundId, fileId)
    if (!file) return refuse('not_found')
    if (file.state === 'accepted' || file.state === 'booked') return ok(null)
    if (file.state !== 'read' || !file.counts) return refuse('not_read')
    if (file.counts.unreadable > 0) return refuse('unreadable_lines')
    const reason = despite === null ? null : storable(despite, 500)
    if (file.counts.contradictory > 0 && (reason === null || reason === '')) return refuse('contradictory_lines')
    await tx
      .update(statementFiles)
      .set({ state: 'accepted', acceptedBy: by, acceptedAt: now(), acceptedDespite: file.counts.contradictory > 0 ? reason : null })
      .where(eq(statementFiles.id, fileId))
    await compareAnew(tx, fileId)
    return ok(null)
  })
}

/** What a person saw of other files was said of books without this one. */
async function compareAnew(tx: Transaction, fileId: bigint): Promise<void> {
  const own = alias(statementDays, 'own')
  const sameDays = tx
    .select({ one: sql`1` })
    .from(statementDays)
    .innerJoin(
      own,
      and(eq(own.receivingAccountId, statementDays.receivingAccountId), eq(own.day, statementDays.day), eq(own.fileId, fileId)),
    )
    .where(eq(statementDays.fileId, statementFiles.id))
  await tx
    .update(statementFiles)
    .set({ state: 'comparing', linesCompared: 0, counts: null })
    .where(and(eq(statementFiles.state, 'read'), ne(statementFiles.id, fileId), exists(sameDays)))
}

/**
 * Throws a file away as a whole; its lines and bytes are deleted soon after.
 * Refuses: a file that was accepted. Said again, it changes nothing.
 */
export async function throwFileAway(
  { db, now }: Context,
  { fundId, fileId, by }: ActOnFile,
): Promise<Result<null, 'not_found' | 'accepted'>> {
  return db.transaction(async (tx) => {
    const file = await lockFile(tx, fundId, fileId)
    if (!file) return refuse('not_found')
    if (file.state === 'thrown_away') return ok(null)
    if (file.state === 'accepted' || file.state === 'booked') return refuse('accepted')
    await tx
      .update(statementFiles)
      .set({ state: 'thrown_away', head: null, thrownAwayBy: by, thrownAwayAt: now() })
      .where(eq(statementFiles.id, fileId))
    return ok(null)
  })
}

async function lockFile(tx: Transaction, fundId: number, fileId: bigint) {
  const [file] = await tx
    .select({ state: statementFiles.state, counts: statementFiles.counts })
    .from(statementFiles)
    .where(and(eq(statementFiles.id, fileId), eq(statementFiles.fundId, fundId)))
    .for('update')
  return file
}

async function isOwnAccount(tx: Transaction, fundId: number, receivingAccountId: number): Promise<boolean> {
  const [account] = await tx
    .select({ id: receivingAccounts.id })
    .from(receivingAccounts)
    .where(
      and(
        eq(receivingAccounts.id, receivingAccountId),
        eq(receivingAccounts.fundId, fundId),
        sql`${receivingAccounts.approvedBy} is not null`,
      ),
    )
  return account !== undefined
}

/** A text that people typed, as the database can keep it. */
const storable = (text: string, most: number): string => text.toWellFormed().replaceAll('\0', '').trim().slice(0, most)
