import type { Metadata } from 'next'
import { DeliveryPage } from '@/components/delivery/delivery-page'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { pageMetadata } from '@/components/site/metadata'
import { serverContext } from '@/lib/context'
import { getDelivery } from '@/lib/delivery/queries'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const context = serverContext()
  const delivery = await getDelivery(context, slug, locale)
  if (!delivery) return notFoundMetadata(locale)
  const t = translator(locale, 'spending')
  const facts = { commune: delivery.commune.name, day: formatDay(delivery.deliveredOn) }
  return pageMetadata({
    origin: context.origin,
    locale,
    path: `/dot-trao/${delivery.slug}`,
    title: `${t('delivery.kicker')}: ${t('delivery.title', facts)}`,
    description: t('delivery.description', facts),
  })
}

export default async function DeliveryRoute({ params }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const delivery = await getDelivery(serverContext(), slug, locale)
  if (!delivery) {
    answerWith(404)
    return <NotFound locale={locale} path={`/dot-trao/${slug}`} />
  }
  return <DeliveryPage locale={locale} delivery={delivery} />
}
