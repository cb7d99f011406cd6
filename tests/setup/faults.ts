import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import type { TestDatabase } from './database'

class Undo extends Error {}

/** Runs statements as the owner with triggers and keys off, looks, and takes everything back. */
export async function withFault<T>(
  { owner, handle }: TestDatabase,
  tables: string[],
  statements: string[],
  look: (db: Database) => Promise<T>,
): Promise<T> {
  let seen: { value: T } | undefined
  const { db } = owner ?? handle
  await db
    .transaction(async (tx) => {
      for (const table of tables) await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
      for (const statement of statements) await tx.execute(sql.raw(statement))
      seen = { value: await look(tx) }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  if (!seen) throw new Error('nothing was seen')
  return seen.value
}

/** What the database says to a statement and to its deferred checks: its words, or "accepted". */
export async function refusalOf(db: Database, statement: string): Promise<string> {
  try {
    await db.transaction(async (tx) => {
      await tx.execute(sql.raw(statement))
      await tx.execute(sql`set constraints all immediate`)
    })
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
  }
  return 'accepted'
}
