import { Field } from '@/components/ui/field'
import { FoldTable } from '@/components/ui/fold-table'
import { TABLE_ROOMS, type TableKey, type TableRoom } from '@/lib/exports/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay, type Day } from '@/lib/time/day'
import { TakeTable } from './take-table'

interface Props {
  locale: Locale
  /** Of this page, in its language. */
  path: string
  /** Open to whoever asks. */
  tables: readonly TableKey[]
  /** Whether what they take reaches donors. */
  isPersonal: boolean
  from: Day | null
  to: Day | null
}

const ROOMS: readonly TableRoom[] = ['work', 'bank', 'gifts', 'deeds', 'house']

/** Every table, by room, with a button for each format; between two days where some are chosen. */
export function ExportList({ locale, path, tables, isPersonal, from, to }: Props) {
  const t = translator(locale, 'exports')
  const fields = { tu: from ?? '', den: to ?? '' }
  return (
    <>
      <p className="lead-line">{t('lead')}</p>
      {isPersonal && <p className="lead-line">{t('personal')}</p>}
      <form className="line-form" action={path}>
        <Field name="tu" label={t('from')}>
          {(control) => <input {...control} type="date" defaultValue={from ?? ''} />}
        </Field>
        <Field name="den" label={t('to')}>
          {(control) => <input {...control} type="date" defaultValue={to ?? ''} />}
        </Field>
        <button className="act act-2">{t('set')}</button>
      </form>
      <p className="hint">{from === null && to === null ? t('days') : t('between', { days: daysText(locale, from, to) })}</p>
      <div className="take-rooms">
        {ROOMS.map((room) => {
          const open = tables.filter((key) => TABLE_ROOMS[room].some((one) => one === key))
          return (
            open.length > 0 && (
              <section key={room} aria-labelledby={room}>
                <h2 id={room}>{t(`rooms.${room}`)}</h2>
                <FoldTable
                  caption={t(`rooms.${room}`)}
                  rows={open}
                  rowKey={(key) => key}
                  columns={[
                    { key: 'table', head: t('table'), isRowHead: true, room: 'grow', cell: (key) => t(`tables.${key}`) },
                    { key: 'take', head: t('take'), cell: (key) => <TakeTable locale={locale} path={path} table={key} fields={fields} /> },
                  ]}
                />
              </section>
            )
          )
        })}
      </div>
    </>
  )
}

function daysText(locale: Locale, from: Day | null, to: Day | null): string {
  const t = translator(locale, 'exports')
  if (from === null) return t('until', { to: formatDay(to ?? '') })
  return to === null ? t('since', { from: formatDay(from) }) : t('range', { from: formatDay(from), to: formatDay(to) })
}
