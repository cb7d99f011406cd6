import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { DeliveryPage, deliverySteps } from '@/components/delivery/delivery-page'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { deliveryPicture } from '@/components/link-picture/content'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { crumbData } from '@/components/site/structured-data'
import { serverContext } from '@/lib/context'
import { getDelivery, listDeliveryPayers } from '@/lib/delivery/queries'
import { getDeliveryEvidence } from '@/lib/evidence/queries'
import { answerWith, passBy } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { payersPath, readPayersFrom } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Asked once for the head and the body of the page. */
const deliveryOf = cache((slug: string, locale: Locale) => getDelivery(serverContext(), slug, locale))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const delivery = await deliveryOf(slug, locale)
  if (!delivery) return notFoundMetadata(locale)
  const t = translator(locale, 'spending')
  const facts = { commune: delivery.commune.name, day: formatDay(delivery.deliveredOn) }
  const fromVnd = readPayersFrom((await searchParams).tu)
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: payersPath(`/dot-trao/${delivery.slug}`, fromVnd),
    title: `${t('delivery.kicker')}: ${t('delivery.title', facts)}, ${delivery.place}`,
    description: t(delivery.amountVnd === null ? 'untold.description' : 'delivery.description', facts),
    picture: deliveryPicture(delivery, locale),
    isIndexed: fromVnd === 0n,
  })
}

export default async function DeliveryRoute({ params, searchParams }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) notFound()
  const context = serverContext()
  const delivery = await deliveryOf(slug, locale)
  const evidence = delivery && (await getDeliveryEvidence(context, slug, locale))
  if (!evidence) {
    answerWith(404)
    return <NotFound locale={locale} path={`/dot-trao/${slug}`} />
  }
  const fromVnd = readPayersFrom((await searchParams).tu)
  // A list may begin at any đồng: only its first page is kept.
  if (fromVnd > 0n) passBy()
  const t = translator(locale, 'spending')
  const site = { origin: context.origin, locale, isSample: context.installation.kind === 'sample' }
  const here = {
    href: localePath(locale, `/dot-trao/${slug}`),
    name: t('delivery.title', { commune: delivery.commune.name, day: formatDay(delivery.deliveredOn) }),
  }
  return (
    <>
      <JsonLd data={[crumbData(site, deliverySteps(delivery, locale), here)]} />
      <DeliveryPage locale={locale} delivery={delivery} evidence={evidence} payers={await listDeliveryPayers(context, slug, fromVnd)} />
    </>
  )
}
