import { FORMATS, type Fields, type TableKey } from '@/lib/exports/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  /** The page of all exports, in its language. */
  path: string
  table: TableKey
  /** What the table is narrowed by, as its page says it. */
  fields?: Fields
}

/** Takes one table as a file: a button for each format. */
export function TakeTable({ locale, path, table, fields = {} }: Props) {
  const t = translator(locale, 'exports')
  return (
    <form className="take" method="post" data-brings-file="" action={`${path}/${table}`}>
      {Object.entries(fields).map(
        ([name, value]) => value !== undefined && value !== '' && <input key={name} type="hidden" name={name} value={value} />,
      )}
      {FORMATS.map((format) => (
        <button
          key={format}
          className="act act-2"
          name="dang"
          value={format}
          aria-label={t('as', { table: t(`tables.${table}`), format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </button>
      ))}
    </form>
  )
}
