import { serverContext } from '@/lib/context'
import { listDeliveries } from '@/lib/delivery/queries'
import { isLocale } from '@/lib/i18n/locale'
import { deliveryFeed } from '@/lib/links/feed'

/** As many as the feed of campaigns tells. */
const FEED_DELIVERIES = 40

/** What was handed over, for whoever follows by feed. */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const { origin, installation } = context
  const deliveries = await listDeliveries(context, {}, FEED_DELIVERIES, locale)
  const feed = deliveryFeed({ origin, locale, isSample: installation.kind === 'sample', deliveries, now: context.now() })
  return new Response(feed, { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } })
}
