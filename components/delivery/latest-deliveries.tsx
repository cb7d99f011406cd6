import type { DeliveryRow } from '@/lib/delivery/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { DeliveryTable } from './delivery-table'

interface Props {
  locale: Locale
  deliveries: DeliveryRow[]
  isCommuneTold?: boolean
}

/** The newest deliveries on a page about something larger; nothing where nothing was handed over yet. */
export function LatestDeliveries({ locale, deliveries, isCommuneTold = true }: Props) {
  const t = translator(locale, 'spending')
  if (deliveries.length === 0) return null
  return (
    <section className="sec" aria-labelledby="dot-trao">
      <h2 id="dot-trao">{t('latest')}</h2>
      <p className="quiet">{t('latestLead')}</p>
      <div className="near2">
        <DeliveryTable locale={locale} deliveries={deliveries} isCommuneTold={isCommuneTold} />
      </div>
    </section>
  )
}
