import { FoldTable } from '@/components/ui/fold-table'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { AuditRow } from '@/lib/staff/model'
import { formatMoment } from '@/lib/time/day'

/** Entries of the trail, newest first. @param olderHref where there are more */
export function AuditTable({ locale, rows, olderHref }: { locale: Locale; rows: AuditRow[]; olderHref?: string }) {
  const t = translator(locale, 'console')
  if (rows.length === 0) return <p>{t('audit.none')}</p>
  const whoOf = ({ staffId, name }: AuditRow) => (staffId === null ? t('audit.server') : (name ?? t('audit.erased', { id: staffId })))
  return (
    <>
      <FoldTable
        caption={t('audit.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        columns={[
          { key: 'when', head: t('audit.when'), cell: ({ at }) => <time dateTime={at.toISOString()}>{formatMoment(at)}</time> },
          { key: 'who', head: t('audit.who'), isRowHead: true, room: 'grow', cell: (row) => whoOf(row) },
          {
            key: 'what',
            head: t('audit.what'),
            room: 'grow',
            cell: ({ action, outcome }) => (
              <>
                <span className="memo">{action}</span>
                {outcome === 'denied' && <span className="tag maybe sub">{t('audit.denied')}</span>}
              </>
            ),
          },
          {
            key: 'about',
            head: t('audit.about'),
            cell: ({ aboutKind, aboutId }) => <span className="memo">{`${aboutKind} ${aboutId}`}</span>,
          },
          { key: 'change', head: t('audit.change'), room: 'wide', cell: ({ before, after }) => <Change before={before} after={after} /> },
          {
            key: 'where',
            head: t('audit.where'),
            fold: t('audit.where'),
            cell: ({ network }) => <span className="memo">{network ?? ''}</span>,
          },
        ]}
      />
      {olderHref !== undefined && (
        <p className="pager">
          <a href={olderHref} rel="next">
            {t('audit.older')}
          </a>
        </p>
      )}
    </>
  )
}

function Change({ before, after }: Pick<AuditRow, 'before' | 'after'>) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const written = (facts: AuditRow['before'], name: string) => {
    const value = facts?.[name]
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '–'
  }
  return (
    <>
      {names.map((name) => (
        <span key={name} className="memo sub">
          {name}: {before && name in before ? `${written(before, name)} → ` : ''}
          {written(after, name)}
        </span>
      ))}
    </>
  )
}
