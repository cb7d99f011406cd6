import { getTableName, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../../db/client'
import { events, giverLists, givers, publicLineWords } from '../../db/schema'
import { TABLES } from './tables'

/** What a rebuild copies. */
export const COPIED: readonly PgTable[] = [...TABLES.source, ...TABLES.personal]

/**
 * Tables that are made again whose numbers the database dealt out. These are facts as places are: whatever is written down
 * anew gets the number that is known for it.
 */
export const DEALT: readonly { table: PgTable; by: PgColumn }[] = [
  { table: givers, by: givers.key },
  { table: giverLists, by: giverLists.name },
  { table: publicLineWords, by: publicLineWords.word },
]

/** Where the numbers are that were dealt for a table. */
export const dealtName = (table: PgTable): SQL => sql`${sql.identifier(`dealt_${getTableName(table)}`)}`

/**
 * Makes an empty database of the newest schema ready to take facts as they are: without the guards of the tables that are
 * copied, which were passed once, and with all those of what is made again. Refuses where an event is, since that is no
 * side place.
 * @param side opened as the owner of its tables
 */
export async function prepareSide(side: Database): Promise<void> {
  if ((await side.$count(events)) > 0) throw new Error('the side place is not empty')
  await side.transaction(async (tx) => {
    for (const table of COPIED) {
      const keys = await tx
        .select({ name: sql<string>`conname` })
        .from(sql`pg_constraint`)
        .where(sql`contype = 'f' and conrelid = ${getTableName(table)}::regclass`)
      for (const { name } of keys) await tx.execute(sql`alter table ${table} drop constraint ${sql.identifier(name)}`)
      await tx.execute(sql`alter table ${table} disable trigger user`)
    }
    // What migrations brought comes with the rest.
    for (const table of COPIED) await tx.execute(sql`delete from ${table}`)
    for (const { table, by } of DEALT) {
      const [name, column] = [dealtName(table), sql.identifier(by.name)]
      await tx.execute(sql`create table ${name} (like ${table})`)
      await tx.execute(sql`create index on ${name} (${column})`)
      // Who is not known gets a number that no database deals out, and shows when it is compared.
      await tx.execute(sql`create function ${name}() returns trigger language plpgsql as $$
        begin
          new.id := coalesce((select known.id from ${name} known where known.${column} = new.${column}), -new.id);
          return new;
        end $$`)
      await tx.execute(sql`create trigger dealt before insert on ${table} for each row execute function ${name}()`)
    }
  })
}
