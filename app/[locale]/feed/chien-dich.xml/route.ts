import { serverContext } from '@/lib/context'
import { isLocale } from '@/lib/i18n/locale'
import { campaignFeed } from '@/lib/links/feed'
import { listFeedSteps } from '@/lib/links/queries'

/** What campaigns came to, for whoever follows by feed. */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const { origin, installation } = context
  const steps = await listFeedSteps(context, locale)
  const feed = campaignFeed({ origin, locale, isSample: installation.kind === 'sample', steps, now: context.now() })
  return new Response(feed, { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } })
}
