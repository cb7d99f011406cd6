import { FoldTable } from '@/components/ui/fold-table'
import type { DeliveryRow } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  deliveries: DeliveryRow[]
  /** False where all of them are of one commune, which the page names. */
  isCommuneTold?: boolean
}

/** Deliveries, the newest first, each with a link to its page. */
export function DeliveryTable({ locale, deliveries, isCommuneTold = true }: Props) {
  const t = translator(locale, 'spending')
  return (
    <FoldTable
      caption={t('deliveries')}
      rows={deliveries}
      rowKey={({ slug }) => slug}
      columns={[
        {
          key: 'day',
          head: t('deliveredOn'),
          isRowHead: true,
          room: 'grow',
          cell: ({ slug, deliveredOn }) => (
            <a href={localePath(locale, `/dot-trao/${slug}`)}>
              <time dateTime={deliveredOn}>{formatDay(deliveredOn)}</time>
            </a>
          ),
        },
        {
          key: 'what',
          head: t('what'),
          room: 'wide',
          cell: (delivery) => <What locale={locale} delivery={delivery} isCommuneTold={isCommuneTold} />,
        },
        {
          key: 'worth',
          head: t('worth'),
          isNumber: true,
          cell: ({ amountVnd }) => (amountVnd === null ? t('untold.worth') : <b>{formatVnd(amountVnd, locale)}</b>),
        },
      ]}
    />
  )
}

function What({ locale, delivery, isCommuneTold }: { locale: Locale; delivery: DeliveryRow; isCommuneTold: boolean }) {
  const t = translator(locale, 'spending')
  const children = delivery.children === null ? t('childrenFew') : t('children', { count: formatCount(delivery.children, locale) })
  return (
    <>
      {delivery.items.length === 0 && (
        <span className="sub-first">
          {delivery.title}
          <br />
        </span>
      )}
      {delivery.items.map(({ key, item, units }) => (
        <span key={key} className="sub-first">
          {t('units', { count: formatCount(units, locale), item })}
          <br />
        </span>
      ))}
      <span className="sub">
        {[delivery.place, ...(isCommuneTold ? [inSentence(delivery.commune.name, locale)] : []), children].join(', ')}
      </span>
    </>
  )
}
