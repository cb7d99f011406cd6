import { getTableName, sql, type SQL } from 'drizzle-orm'
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../../db/client'
import { valueOf } from '../../db/rows'
import {
  giverLists,
  givers,
  giverSums,
  giverWords,
  logLeaves,
  logNodes,
  publicLineTotals,
  publicLineWords,
  recognitionTotals,
} from '../../db/schema'
import { tilePath, TILE_WIDTH } from '../tlog/tiles'

/** Differences of a table that are told; after these it is only said that there are more. */
const MOST_TOLD = 10
const LONGEST = 80

/** Where what is stored is not what its facts come to. Of what names people no value is told. */
export interface Difference {
  table: string
  /** Columns of the primary key, and their values. */
  key: Record<string, string>
  /** The file of the public log in which it shows. */
  tile: string | null
  /** Columns that differ; empty where the row is on one side alone. */
  columns: { name: string; stored: string; rebuilt: string }[]
  /** `missing` should be there, `extra` should not. */
  what: 'differs' | 'missing' | 'extra'
}

/** A sum that came to nothing is the same as none: events that undo each other may be added in one batch or in two. */
const NOT_NOTHING = new Map<PgTable, SQL>([
  [giverSums, sql`(t.amount_vnd, t.gifts) <> (0, 0)`],
  // A list in which nobody stands any more is nothing either.
  [giverLists, sql`exists (select from giver_sums s where s.list_id = t.id and s.amount_vnd > 0)`],
  [recognitionTotals, sql`(t.amount_vnd, t.gifts) <> (0, 0)`],
  [publicLineTotals, sql`(t.lines, t.vnd) <> (0, 0)`],
])

const NAMES_PEOPLE: ReadonlySet<PgColumn> = new Set<PgColumn>([givers.words, givers.key, giverWords.word, publicLineWords.word])

type Row = Record<string, unknown>

/**
 * Holds a table of one database against the same table of another, in the order of its key, a stretch at a time: where
 * hashes of their rows differ, row by row.
 * @param atOnce rows that are held against each other by one hash
 * @returns the first differences, and whether there are more
 */
export async function compareTable(
  real: Database,
  side: Database,
  table: PgTable,
  { atOnce, onCompared }: { atOnce: number; onCompared: (rows: number) => void },
): Promise<{ differences: Difference[]; isAll: boolean }> {
  const keys = keyColumns(table)
  const differences: Difference[] = []
  for (let after: string[] | null = null; ;) {
    const stored = await summary(real, table, keys, { after, upTo: null, atOnce })
    const rebuilt = await summary(side, table, keys, { after, upTo: stored.isLast ? null : stored.last, atOnce })
    // Past the end of what is stored, whatever else was made again is missing; it is looked at a stretch at a time as well.
    const isEnd = stored.isLast && rebuilt.isLast
    const upTo = stored.isLast ? (isEnd ? null : rebuilt.last) : stored.last
    if (stored.hash !== rebuilt.hash) {
      const [ours, theirs] = [
        await rowsOf(real, table, keys, { after, upTo, atOnce }),
        await rowsOf(side, table, keys, { after, upTo, atOnce }),
      ]
      differences.push(...differencesOf(table, keys, ours, theirs))
      if (differences.length > MOST_TOLD) return { differences: differences.slice(0, MOST_TOLD), isAll: false }
    }
    onCompared(stored.rows)
    if (isEnd) return { differences, isAll: true }
    after = upTo
  }
}

/** A difference in a line of plain words. */
export function describeDifference({ table, key, tile, columns, what }: Difference): string {
  const where = `${table}, ${Object.entries(key)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}${tile === null ? '' : ` (${tile})`}`
  if (what === 'missing') return `${where}: is missing`
  if (what === 'extra') return `${where}: should not be there`
  return `${where}: ${columns.map(({ name, stored, rebuilt }) => `${name} is ${stored} and should be ${rebuilt}`).join('; ')}`
}

function keyColumns(table: PgTable): PgColumn[] {
  const { columns, primaryKeys } = getTableConfig(table)
  const names = primaryKeys[0]?.columns.map(({ name }) => name) ?? columns.flatMap(({ name, primary }) => (primary ? [name] : []))
  const keys = names.flatMap((name) => columns.find((column) => column.name === name) ?? [])
  if (keys.length === 0) throw new Error(`${getTableName(table)} has no key to compare by`)
  return keys
}

interface Stretch {
  /** Key of the last row before it. */
  after: readonly string[] | null
  /** Key of its last row; null for as many rows as go at once. */
  upTo: readonly string[] | null
  atOnce: number
}

const keyRow = (keys: readonly PgColumn[]): SQL =>
  sql`(${sql.join(
    keys.map(({ name }) => sql`t.${sql.identifier(name)}`),
    sql`, `,
  )})`

const keyValue = (keys: readonly PgColumn[], values: readonly string[]): SQL =>
  sql`(${sql.join(
    keys.map((column, index) => valueOf(column, values[index] ?? '')),
    sql`, `,
  )})`

const rowsIn = (table: PgTable, keys: readonly PgColumn[], { after, upTo, atOnce }: Stretch): SQL => {
  const row = keyRow(keys)
  const wanted = [
    NOT_NOTHING.get(table),
    after && sql`${row} > ${keyValue(keys, after)}`,
    upTo && sql`${row} <= ${keyValue(keys, upTo)}`,
  ].filter((condition) => condition != null)
  const order = sql.join(
    keys.map(({ name }) => sql`t.${sql.identifier(name)}`),
    sql`, `,
  )
  return sql`(select t.*, row_number() over (order by ${order}) as place from ${table} t
    where ${wanted.length === 0 ? sql`true` : sql.join(wanted, sql` and `)} order by ${order} ${upTo ? sql`` : sql`limit ${atOnce}`}) as t`
}

/** How many rows a stretch has, the hash of all of them, and where it ends. */
async function summary(
  db: Database,
  table: PgTable,
  keys: readonly PgColumn[],
  stretch: Stretch,
): Promise<{ rows: number; hash: string; last: string[] | null; isLast: boolean }> {
  const texts = sql.join(
    keys.map(({ name }) => sql`t.${sql.identifier(name)}::text`),
    sql`, `,
  )
  const [found] = await db
    .select({
      rows: sql<number>`count(*)::int`,
      hash: sql<
        string | null
      >`encode(sha256(convert_to(string_agg((to_jsonb(t) - 'place')::text, e'\\n' order by t.place), 'UTF8')), 'hex')`,
      last: sql<string[] | null>`(array_agg(jsonb_build_array(${texts}) order by t.place desc))[1]`,
    })
    .from(rowsIn(table, keys, stretch))
  const rows = found?.rows ?? 0
  return { rows, hash: found?.hash ?? '', last: found?.last ?? null, isLast: stretch.upTo === null && rows < stretch.atOnce }
}

async function rowsOf(db: Database, table: PgTable, keys: readonly PgColumn[], stretch: Stretch): Promise<Map<string, Row>> {
  const rows = await db.select({ row: sql<Row>`to_jsonb(t) - 'place'` }).from(rowsIn(table, keys, stretch))
  return new Map(rows.map(({ row }) => [JSON.stringify(keys.map(({ name }) => row[name])), row]))
}

function differencesOf(table: PgTable, keys: readonly PgColumn[], stored: Map<string, Row>, rebuilt: Map<string, Row>): Difference[] {
  const { columns } = getTableConfig(table)
  const told = (column: PgColumn, row: Row): string => (NAMES_PEOPLE.has(column) ? '…' : shortened(JSON.stringify(row[column.name])))
  const all = [...new Set([...stored.keys(), ...rebuilt.keys()])]
  return all.flatMap((name): Difference[] => {
    const [ours, theirs] = [stored.get(name), rebuilt.get(name)]
    const row = ours ?? theirs ?? {}
    const at = {
      table: getTableName(table),
      key: Object.fromEntries(keys.map((column) => [column.name, told(column, row)])),
      tile: tileOf(table, row),
    }
    if (!ours) return [{ ...at, columns: [], what: 'missing' }]
    if (!theirs) return [{ ...at, columns: [], what: 'extra' }]
    const other = columns.filter((column) => JSON.stringify(ours[column.name]) !== JSON.stringify(theirs[column.name]))
    const differing = other.map((column) => ({ name: column.name, stored: told(column, ours), rebuilt: told(column, theirs) }))
    return differing.length === 0 ? [] : [{ ...at, columns: differing, what: 'differs' }]
  })
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** The tile in which a row of the log shows, once it is full. */
function tileOf(table: PgTable, row: Row): string | null {
  const path = (level: number | 'entries', at: unknown) =>
    tilePath({ level, index: Math.floor(Number(at) / TILE_WIDTH), width: TILE_WIDTH })
  if (table === logLeaves) return `${path('entries', row['position'])}, ${path(0, row['position'])}`
  return table === logNodes ? path(Number(row['level']), row['index']) : null
}
