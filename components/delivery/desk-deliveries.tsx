import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import type { DeskDelivery } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { Due } from './to-hand-over'

/** What was handed over: first what is not proved yet, the earliest due first. */
export function DeskDeliveries({ locale, fundSlug, rows }: { locale: Locale; fundSlug: string; rows: DeskDelivery[] }) {
  const t = translator(locale, 'handover')
  return (
    <section aria-labelledby="da-trao">
      <h2 id="da-trao">{t('handedOver.title')}</h2>
      {rows.length === 0 ? (
        <p className="lead-line">{t('handedOver.none')}</p>
      ) : (
        <FoldTable
          caption={t('handedOver.title')}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'what',
              head: t('what'),
              isRowHead: true,
              room: 'wide',
              cell: ({ id, title, place }) => (
                <>
                  <a href={localePath(locale, consolePath(fundSlug, `/trao/dot/${id}`))}>{place}</a>
                  <span className="sub">{title}</span>
                </>
              ),
            },
            { key: 'commune', head: t('commune'), room: 'grow', cell: ({ commune }) => commune },
            { key: 'day', head: t('day'), cell: ({ deliveredOn }) => <time dateTime={deliveredOn}>{formatDay(deliveredOn)}</time> },
            {
              key: 'papers',
              head: t('papers'),
              room: 'grow',
              cell: (row) => (row.isProved ? <span className="tag sure">{t('handedOver.proved')}</span> : <Due locale={locale} {...row} />),
            },
            {
              key: 'waiting',
              head: t('handedOver.waitingHead'),
              room: 'wide',
              cell: ({ waiting }) => waiting > 0 && <span className="tag maybe">{t('handedOver.waiting', { count: waiting })}</span>,
            },
          ]}
        />
      )}
    </section>
  )
}
