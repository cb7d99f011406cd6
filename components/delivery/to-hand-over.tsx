import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import type { ToHandOver } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  rows: ToHandOver[]
  mayRecord: boolean
}

/** What is paid for and not handed over yet. */
export function ToHandOverTable({ locale, fundSlug, rows, mayRecord }: Props) {
  const t = translator(locale, 'handover')
  return (
    <section aria-labelledby="can-trao">
      <h2 id="can-trao">{t('toHandOver.title')}</h2>
      {rows.length === 0 ? (
        <p className="lead-line">{t('toHandOver.none')}</p>
      ) : (
        <FoldTable
          caption={t('toHandOver.title')}
          rows={rows}
          rowKey={({ spendId }) => spendId}
          columns={[
            {
              key: 'what',
              head: t('what'),
              isRowHead: true,
              room: 'wide',
              cell: ({ title, campaign, items }) => (
                <>
                  <b>{title}</b>
                  <span className="sub">
                    {items.map(({ item, unit, left }) => t('toHandOver.left', { count: formatCount(left, locale), unit, item })).join('; ')}
                  </span>
                  <span className="sub">{campaign}</span>
                </>
              ),
            },
            { key: 'commune', head: t('commune'), room: 'grow', cell: ({ commune }) => commune.name },
            { key: 'due', head: t('due'), room: 'grow', cell: (row) => <Due locale={locale} {...row} /> },
            {
              key: 'acts',
              head: <span className="vh">{t('toHandOver.record')}</span>,
              cell: ({ spendId, title }) =>
                mayRecord && (
                  <a className="act act-3 act-row" href={localePath(locale, consolePath(fundSlug, `/trao/moi/${spendId}`))}>
                    {t('toHandOver.record')}
                    <span className="vh">: {title}</span>
                  </a>
                ),
            },
          ]}
        />
      )}
    </section>
  )
}

/** A due day, and whether it has passed. */
export function Due({ locale, dueOn, isOverdue }: { locale: Locale; dueOn: string; isOverdue: boolean }) {
  const t = translator(locale, 'handover')
  return isOverdue ? (
    <span className="tag maybe">{t('overdue', { day: formatDay(dueOn) })}</span>
  ) : (
    <time dateTime={dueOn}>{t('dueOn', { day: formatDay(dueOn) })}</time>
  )
}
