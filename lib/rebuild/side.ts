import { getTableName, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../../db/client'
import { events, givers } from '../../db/schema'
import { TABLES } from './tables'

/** What a rebuild copies. */
export const COPIED: readonly PgTable[] = [...TABLES.source, ...TABLES.personal]

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
    // Numbers that a database deals out are facts as places are: whoever is written down anew gets the one that is known.
    await tx.execute(sql`create table dealt_givers (key bytea primary key, id bigint not null)`)
    await tx.execute(sql`create function deal_giver() returns trigger language plpgsql as $$
      begin
        new.id := coalesce((select dealt.id from dealt_givers dealt where dealt.key = new.key), -new.id);
        return new;
      end $$`)
    await tx.execute(sql`create trigger deal_giver before insert on ${givers} for each row execute function deal_giver()`)
  })
}
