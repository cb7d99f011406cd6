import { badge, embedDocument, embedGone } from '@/components/embed/embed-document'
import { getCampaignItem } from '@/lib/campaigns/queries'
import { serverContext } from '@/lib/context'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { embedPath } from '@/lib/links/model'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

const html = (status: number, text: string): Response =>
  new Response(text, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' } })

/** A campaign for other people's pages: as a frame, and with ".svg" as a picture of its progress. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: language, slug: named } = await params
  const locale = isLocale(language) ? language : 'vi'
  const { origin, installation } = serverContext()
  const [, slug = '', picture = ''] = /^([a-z0-9-]{1,120})(\.svg)?$/.exec(named) ?? []
  const campaign = slug === '' ? null : await getCampaignItem(serverContext(), slug, locale)
  if (!campaign) return html(404, embedGone(origin, locale))
  if (campaign.slug !== slug)
    return new Response(null, { status: 308, headers: { Location: localePath(locale, embedPath(campaign.slug)) + picture } })
  const embed = { origin, locale, isSample: installation.kind === 'sample', campaign }
  if (picture === '') return html(200, embedDocument(embed))
  return new Response(badge(embed), { headers: { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': 'no-cache' } })
}
