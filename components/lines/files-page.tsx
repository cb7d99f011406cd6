import { Crumbs } from '@/components/site/crumbs'
import { PageShell } from '@/components/site/page-shell'
import { FoldTable } from '@/components/ui/fold-table'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { LinesFile } from '@/lib/public-lines/model'
import { filesPath } from '@/lib/public-lines/schema'

interface Props {
  locale: Locale
  /** The month whose days are shown; null for years and months. */
  month: string | null
  files: LinesFile[]
  path: string
}

/** Files of closed days, months and years, each with the hash that says whether a copy is whole, as long as nothing changed since. */
export function FilesPage({ locale, month, files, path }: Props) {
  const t = translator(locale, 'lines')
  const shown = (period: string) => period.split('-').reverse().join('/')
  const steps = [
    { href: localePath(locale, '/sao-ke'), name: t('title') },
    ...(month === null ? [] : [{ href: localePath(locale, path), name: t('files.title') }]),
  ]
  return (
    <PageShell locale={locale} path={filesPath(month)} here="lines">
      <Crumbs locale={locale} steps={steps} />
      <div className="title">
        <h1>{month === null ? t('files.title') : t('files.daysOf', { month: shown(month) })}</h1>
        <p className="lead">{t('files.lead')}</p>
      </div>
      {files.length === 0 ? (
        <p className="near">{t('files.none')}</p>
      ) : (
        <div className="near">
          <FoldTable
            caption={t('files.title')}
            rows={files}
            rowKey={({ period }) => period}
            columns={[
              {
                key: 'period',
                head: t('files.period'),
                isRowHead: true,
                room: 'grow',
                cell: ({ period, isWhole }) => (
                  <>
                    {isWhole ? <a href={localePath(locale, `${path}/sao-ke-${period}.csv`)}>{shown(period)}</a> : shown(period)}
                    {period.length === 7 && (
                      <span className="sub">
                        <a href={localePath(locale, filesPath(period))}>{t('files.days')}</a>
                      </span>
                    )}
                  </>
                ),
              },
              {
                key: 'lines',
                head: t('files.lines'),
                isNumber: true,
                cell: ({ made }) => made && t('result.lines', { count: made.lines }),
              },
              {
                key: 'bytes',
                head: t('files.bytes'),
                isNumber: true,
                cell: ({ made }) => made && `${formatCount(Math.ceil(made.bytes / 1024), locale)} kB`,
              },
              {
                key: 'hash',
                head: 'SHA-256',
                room: 'wide',
                cell: ({ made, isWhole }) =>
                  made ? (
                    <code className="small">{made.sha256}</code>
                  ) : (
                    <span className="small">{t(isWhole ? 'files.changed' : 'files.begun')}</span>
                  ),
              },
            ]}
          />
        </div>
      )}
      <p className="small quiet near">{t('files.note')}</p>
    </PageShell>
  )
}
