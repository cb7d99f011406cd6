import { sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import { disclosures, givers, giverSums, giverWords } from '../../db/schema'
import { sqlStateOf } from '../../db/sql-state'

/** SQLSTATE of a key that is there. */
const LISTED_ALREADY = '23505'

/** Which sums of givers: the same place in each list is one row of them. */
export interface SumKeys {
  giverIds: readonly string[]
  listIds: readonly number[]
}

const sumsOf = ({ giverIds, listIds }: SumKeys): SQL => sql`unnest(${sql.param(giverIds)}::bigint[], ${sql.param(listIds)}::int[])
  as key(giver_id, list_id) join ${giverSums} s using (giver_id, list_id)`

const sumsOfGivers = (giverIds: readonly bigint[]): SQL =>
  sql`unnest(${sql.param(giverIds)}::bigint[]) as key(giver_id) join ${giverSums} s using (giver_id)`

// Each row by its whole key: a join could be planned for a table that was empty when it was last counted.
const unlist = (tx: Transaction, sums: SQL) =>
  tx.execute(sql`delete from ${giverWords} where ctid = any(array(
    select listed.ctid from ${sums} join ${givers} g on g.id = s.giver_id cross join unnest(g.words) as of_name(word)
    cross join lateral (select w.ctid from ${giverWords} w where w.list_id = s.list_id
      and w.word = of_name.word and w.amount_vnd = s.amount_vnd and w.giver_id = s.giver_id limit 1) as listed))`)

// In the order of the index, which then writes page after page.
const rowsOf = (sums: SQL): SQL => sql`insert into ${giverWords} (amount_vnd, giver_id, list_id, word)
    select s.amount_vnd, s.giver_id, s.list_id, of_name.word
    from ${sums} join ${givers} g on g.id = s.giver_id cross join unnest(g.words) as of_name(word)
    where s.amount_vnd > 0 order by s.list_id, of_name.word collate "C", s.amount_vnd, s.giver_id`

/**
 * Lists words that are not listed. To look first whether one is costs as much again as to write it, and none ever should be;
 * if one is all the same, that is no reason to hold up money.
 */
async function list(tx: Transaction, sums: SQL): Promise<void> {
  try {
    await tx.transaction((inner) => inner.execute(rowsOf(sums)))
  } catch (error) {
    if (sqlStateOf(error) !== LISTED_ALREADY) throw error
    await tx.execute(sql`${rowsOf(sums)} on conflict do nothing`)
  }
}

/** Takes the words of givers out of the lists whose sums are about to change. The givers are held. */
export async function unlistSums(tx: Transaction, keys: SumKeys): Promise<void> {
  if (keys.giverIds.length > 0) await unlist(tx, sumsOf(keys))
}

/** Puts them back, at the sums of now. */
export async function listSums(tx: Transaction, keys: SumKeys): Promise<void> {
  if (keys.giverIds.length > 0) await list(tx, sumsOf(keys))
}

/**
 * Lists givers by the words of the names that are theirs now, where these are others than before: whoever was not listed
 * yet, or has a newer gift with another name. The givers are held.
 * @returns who was listed anew, in all lists
 */
export async function listByName(tx: Transaction, giverIds: readonly bigint[]): Promise<bigint[]> {
  if (giverIds.length === 0) return []
  const words = sql`coalesce((select array_agg(distinct word) from ${disclosures} d, unnest(string_to_array(d.folded, ' ')) as word
    where d.pledge_id = ${givers.pledgeId} and d.field = 'name' and d.review = 'shown' and word <> ''), '{}')`
  const others = await tx
    .select({ id: givers.id })
    .from(givers)
    .where(sql`${isAnyOf(givers.id, giverIds)} and ${givers.words} <> ${words}`)
    .prepare('find givers of other names')
    .execute()
  const ids = others.map(({ id }) => id)
  if (ids.length === 0) return []
  await unlist(tx, sumsOfGivers(ids))
  await tx
    .update(givers)
    .set({ words: sql`${words}` })
    .where(isAnyOf(givers.id, ids))
  await list(tx, sumsOfGivers(ids))
  return ids
}
