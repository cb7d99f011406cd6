import type { SQL } from 'drizzle-orm'
import type { Locale } from '../i18n/locale'
import type { Messages } from '../i18n/translator'
import type { AuditFacts } from '../staff/audit'
import type { Permission } from '../staff/permissions'

/** Every table that can be taken out of the console, by room: a heading is `rooms.<key>` of the texts, a name `tables.<key>`. */
export const TABLE_ROOMS = {
  work: ['needs', 'unanswered', 'coverages', 'campaigns', 'budgets', 'budget_changes'],
  bank: ['bank_lines', 'decisions', 'rules', 'statements', 'day_closes', 'unread'],
  gifts: ['pledges', 'gifts', 'receipts', 'deposits', 'goods', 'refunds', 'disputes'],
  deeds: ['spends', 'spend_items', 'payments', 'deliveries', 'papers', 'photos', 'consents'],
  house: ['people', 'accounts', 'retirements', 'audit'],
} as const satisfies Record<string, readonly string[]>
export type TableRoom = keyof typeof TABLE_ROOMS
export type TableKey = (typeof TABLE_ROOMS)[TableRoom][number]

export const TABLE_KEYS: readonly TableKey[] = Object.values(TABLE_ROOMS).flat()

export const isTableKey = (text: string): text is TableKey => TABLE_KEYS.some((known) => known === text)

export const FORMATS = ['csv', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

/** The heading of a column is `columns.<key>` of the texts. */
export type ColumnKey = keyof Messages['exports']['columns']

/**
 * What stands in a column: a whole number or a sum of đồng, a day of the calendar, a moment (read as UTC, written on Việt
 * Nam's clock), yes or no, a word whose text the page has too, or text as it is.
 */
export type ColumnKind = 'number' | 'day' | 'moment' | 'flag' | 'word' | 'text'

export interface Column {
  key: ColumnKey
  kind: ColumnKind
  of: SQL | ((locale: Locale) => SQL)
  /** Texts of a word. */
  words?: (messages: Messages) => Readonly<Record<string, string>>
  /** Reaches a donor: only for who holds `exports.personal`. */
  isPersonal?: true
}

/** What a form narrows a table by, by name: fields of the page that it was started from. */
export type Fields = Readonly<Record<string, string | undefined>>

/** A table as it is read: row by row in the order of its key, of one fund. */
export interface ExportTable {
  /** Needed besides `exports.read`: that of the page which shows the same. */
  permission: Permission
  from: SQL
  /** The id of the fund a row is of. */
  fund: SQL
  /** What names a row once; both ascend, and the first never falls for a row that is written later. */
  key: SQL | readonly [SQL, SQL]
  /** What "from" and "to" are asked of; none where a table has no days. */
  when?: { of: SQL; is: 'day' | 'moment' }
  columns: readonly Column[]
  /** @returns what the fields leave, and how the trail tells of it */
  narrow?: (fields: Fields) => { where: SQL | undefined; facts: AuditFacts }
}

/** A cell as it is written; null is empty. */
export type Cell = string | bigint | null

/** A heading, and how its cells are shown. */
export interface Heading {
  text: string
  kind: ColumnKind
}
