import { getTableColumns, sql, type InferInsertModel, type SQL } from 'drizzle-orm'
import { PgDialect, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'

/**
 * Rows as one parameter of a statement: its text stays the same however many they are, so that the server can
 * prepare it once. Whole numbers go as text, which has room for every one of them, and bytes in hex.
 */
export const rowsParameter = (rows: readonly object[]): SQL => sql`${JSON.stringify(rows.map(written))}::jsonb`

/** Before JSON is written: it has no bigint, and a Buffer would turn itself into a list of its bytes. */
function written(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`
  if (Array.isArray(value)) return value.map(written)
  const plain: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) plain[key] = written(inner)
  return plain
}

/** Whether a column is one of several values, handed over as one parameter. */
export const isAnyOf = <Value extends bigint | number | string>(column: PgColumn, values: readonly Value[]): SQL =>
  sql`${column} = any(${sql.param(values)}::${sql.raw(column.getSQLType())}[])`

/** A value in the database's text form, as one of a column. */
export const valueOf = (column: PgColumn, text: string): SQL => sql`${text}::${sql.raw(column.getSQLType())}`

/**
 * The statement that writes rows into a table, all of them at once; a key that a row leaves out is null. A RETURNING
 * may follow: what the database numbers has ascending numbers, in the order given.
 */
export function insertRows<Table extends PgTable>(table: Table, rows: readonly InferInsertModel<Table>[]): SQL {
  const texts = insertTexts.get(table) ?? insertTextsOf(table)
  insertTexts.set(table, texts)
  return sql`${sql.raw(texts.before)}${rowsParameter(rows)}${sql.raw(texts.after)}`
}

/** Text takes Drizzle longer to make than the rest of a statement: it is made once for each table. */
const insertTexts = new WeakMap<PgTable, { before: string; after: string }>()

function insertTextsOf(table: PgTable): { before: string; after: string } {
  // What the table makes by itself is not written.
  const columns = Object.entries(getTableColumns(table)).filter(([, { generated, generatedIdentity }]) => !generated && !generatedIdentity)
  const list = (part: (key: SQL, column: PgColumn) => SQL) =>
    sql.join(
      columns.map(([key, column]) => part(sql`${sql.identifier(key)}`, column)),
      sql`, `,
    )
  const text = (part: SQL) => new PgDialect().sqlToQuery(part).sql
  const names = list((_key, column) => sql`${sql.identifier(column.name)}`)
  return {
    before: text(sql`insert into ${table} (${names}) select ${list((key) => key)} from jsonb_to_recordset(`),
    after: text(sql`) as given(${list((key, column) => sql`${key} ${sql.raw(column.getSQLType())}`)})`),
  }
}
