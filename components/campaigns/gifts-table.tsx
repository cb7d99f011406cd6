import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import type { GiftRow } from '@/lib/campaigns/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'

/** The newest gifts of a campaign, by the name each donor chose to show. What went back is told beside its amount. */
export function GiftsTable({ gifts, locale }: { gifts: GiftRow[]; locale: Locale }) {
  const t = translator(locale, 'campaigns')
  return (
    <FoldTable
      className="gifts"
      caption={t('page.giftsCaption')}
      rows={gifts}
      rowKey={({ key }) => key}
      columns={[
        { key: 'moment', head: t('page.moment'), className: 'when nw quiet', cell: ({ receivedAt }) => formatMoment(receivedAt) },
        {
          key: 'donor',
          head: t('page.donor'),
          room: 'grow',
          className: 'donor',
          isRowHead: true,
          cell: ({ name, message }) => (
            <>
              {name}
              {message && <q className="sub">{message}</q>}
            </>
          ),
        },
        {
          key: 'code',
          head: t('page.code'),
          className: 'so',
          cell: ({ code }) =>
            code ? <a href={localePath(locale, `/theo-doi/${code}`)}>{code}</a> : <span className="quiet">{t('page.noCode')}</span>,
        },
        {
          key: 'amount',
          head: t('page.giftAmount'),
          isNumber: true,
          cell: ({ amountVnd, returnedVnd }) => (
            <>
              <Money vnd={amountVnd} locale={locale} />
              {returnedVnd > 0n && (
                <span className="sub">
                  {returnedVnd === amountVnd ? t('page.returned') : t('page.returnedPart', { amount: formatVnd(returnedVnd, locale) })}
                </span>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
