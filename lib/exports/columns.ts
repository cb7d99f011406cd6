import { sql, type SQL } from 'drizzle-orm'
import type { Locale } from '../i18n/locale'
import type { Messages } from '../i18n/translator'
import type { Column, ColumnKey } from './model'

type Of = Column['of']

export const text = (key: ColumnKey, of: Of): Column => ({ key, kind: 'text', of })
export const number = (key: ColumnKey, of: Of): Column => ({ key, kind: 'number', of })
export const day = (key: ColumnKey, of: Of): Column => ({ key, kind: 'day', of })
export const flag = (key: ColumnKey, of: Of): Column => ({ key, kind: 'flag', of })
export const personal = (key: ColumnKey, of: Of): Column => ({ key, kind: 'text', of, isPersonal: true })

/** A moment: in UTC, so that both engines write it alike. */
export const moment = (key: ColumnKey, of: SQL): Column => ({
  ...{ key, kind: 'moment' },
  of: sql`to_char(${of} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
})

export const word = (key: ColumnKey, of: SQL, words: (messages: Messages) => Readonly<Record<string, string>>): Column => ({
  ...{ key, kind: 'word', of, words },
})

/** Who of the staff did it: their name, or the id of one who was erased. */
export const person = (key: ColumnKey, of: SQL): Column => ({
  ...{ key, kind: 'text' },
  of: sql`coalesce((select m.name from staff_members m where m.id = ${of}), ${of})`,
})

/** A text that stands in both languages. */
export const either =
  (vi: SQL, en: SQL) =>
  (locale: Locale): SQL =>
    locale === 'vi' ? vi : en
