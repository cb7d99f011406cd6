import type { Readable } from 'node:stream'
import type { Context } from '../context'
import type { Locale } from '../i18n/locale'
import { MESSAGES } from '../i18n/translator'
import { ok, refuse, type Result } from '../result'
import { act, type ActRefusal } from '../staff/act'
import type { Staff, StaffFund } from '../staff/model'
import { isAllowed } from '../staff/permissions'
import { dayOf } from '../time/day'
import { toCsv } from './csv'
import { TABLE_KEYS, type Cell, type Fields, type Format, type TableKey } from './model'
import { batches, measure, TABLES, type Extent, type Wanted } from './rows'
import { exportSchema } from './schema'
import { toXlsx } from './xlsx'

/** A file on its way. */
export interface StartedExport {
  fileName: string
  type: string
  stream: Readable
}

export type ExportRefusal = ActRefusal | 'not_a_day' | 'busy'

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** At the same time in a process: each keeps the database, or the packing, busy as fast as its reader reads. */
const MOST = 4
let running = 0

/**
 * Begins to take a table of a fund out. Before the first byte leaves, the trail has an entry: which table, by which
 * filter, as what, how many rows, and whether with what reaches donors. Rows that are written meanwhile are not in it.
 * Refuses: whom the rules do not allow, a day that is none, and more at once than a server does well.
 * @param fields of the form that was sent
 */
export async function startExport(
  context: Context,
  staff: Staff,
  { fund, key, fields, locale }: { fund: StaffFund; key: TableKey; fields: Fields; locale: Locale },
): Promise<Result<StartedExport, ExportRefusal>> {
  const table = TABLES[key]
  const asked = exportSchema.safeParse(fields)
  if (!asked.success) return refuse('not_a_day')
  if (running >= MOST) return refuse('busy')
  const { dang: format, tu: from, den: to } = asked.data
  const narrowed = table.narrow?.(fields) ?? { where: undefined, facts: {} }
  const wanted: Wanted = { table, fundId: fund.id, from, to, where: narrowed.where }
  const isPersonal = table.columns.some((column) => column.isPersonal) && takesPersonal(staff, fund)
  const deed = {
    ...{ permission: 'exports.read' as const, also: [table.permission, ...(isPersonal ? (['exports.personal'] as const) : [])] },
    ...{ fundId: fund.id, about: { kind: 'fund' as const, id: fund.id } },
    after: ({ count }: { count: bigint }) => ({ table: key, format, rows: count, from, to, ...narrowed.facts, personal: isPersonal }),
  }
  const extent: Result<Extent, ActRefusal> = await act(context, staff, deed, async (inside) => ok(await measure(inside.db, wanted)))
  if (!extent.ok) return extent
  const columns = table.columns.filter((column) => isPersonal || !column.isPersonal)
  const texts = MESSAGES[locale].exports
  const headings = columns.map((column) => ({ text: texts.columns[column.key], kind: column.kind }))
  const rows = counted(batches(context.db, { wanted, last: extent.value.last, columns, locale }))
  const name = texts.tables[key]
  return ok({
    fileName: `${fund.slug}-${key.replaceAll('_', '-')}-${dayOf(context.now())}.${format}`,
    type: TYPES[format],
    stream: format === 'csv' ? toCsv(headings, rows) : toXlsx(name, headings, rows),
  })
}

/** Counts an export as running from its first batch until it ends, however it ends. */
async function* counted(rows: AsyncGenerator<Cell[][]>): AsyncGenerator<Cell[][]> {
  running += 1
  try {
    yield* rows
  } finally {
    running -= 1
  }
}

/** Tables of a fund that a person may take out. */
export const tablesOpenTo = (staff: Staff, fund: StaffFund): TableKey[] =>
  isAllowed(staff.roles, 'exports.read', { fundId: fund.id })
    ? TABLE_KEYS.filter((key) => isAllowed(staff.roles, TABLES[key].permission, { fundId: fund.id }))
    : []

/** Whether what somebody takes out has columns that reach donors. */
export const takesPersonal = (staff: Staff, fund: StaffFund): boolean => isAllowed(staff.roles, 'exports.personal', { fundId: fund.id })
