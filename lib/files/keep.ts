import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { files } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn, nameOf } from './digest'
import type { FileName, FilePart } from './model'

/**
 * Stores bytes and says under which name. Their row is committed first: a crash leaves bytes that are found by it, and
 * whoever uses them refers to it.
 */
export async function keepFile({ db, files: store, now }: FileContext, part: FilePart, bytes: Uint8Array, type: string): Promise<FileName> {
  const name = nameOf(part, bytes)
  const storedAt = now()
  await db
    .insert(files)
    .values({ name, type, bytes: bytes.length, storedAt })
    .onConflictDoUpdate({ target: files.name, set: { storedAt, removedAt: null } })
  await store.put(name, bytes, type)
  return name
}

/**
 * Deletes the bytes of a file, unless somebody needs them by now. The row stays locked meanwhile, so that who stores the
 * same bytes again waits, and stores them after.
 * @param isNeeded asked under the lock
 * @returns whether they were deleted
 */
export async function removeFile(
  { db, files: store, now }: FileContext,
  name: string,
  isNeeded: (tx: Transaction) => Promise<boolean>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [file] = await tx
      .select({ name: files.name })
      .from(files)
      .where(and(eq(files.name, name), isNull(files.removedAt)))
      .for('update')
    if (!file || (await isNeeded(tx))) return false
    await store.remove(nameIn(name))
    await tx.update(files).set({ removedAt: now() }).where(eq(files.name, name))
    return true
  })
}

/**
 * Makes sure, in the transaction that begins to use files, that their bytes are there and stay there.
 * Throws where somebody deleted them meanwhile.
 */
export async function holdFiles(tx: Transaction, names: readonly string[]): Promise<void> {
  const there = await tx
    .select({ name: files.name })
    .from(files)
    .where(and(inArray(files.name, [...names]), isNull(files.removedAt)))
    .for('share')
  if (there.length < new Set(names).size) throw new Error('a file was deleted while it was being used')
}
