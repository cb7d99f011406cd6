import { frameCode } from '@/components/embed/embed-offer'
import { campaignPicture, linkPicture } from '@/components/link-picture/content'
import { PICTURE_SIZE } from '@/components/site/metadata'
import { getCampaignItem } from '@/lib/campaigns/queries'
import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { embedHeight, embedPath } from '@/lib/links/model'
import { readEmbedRequest } from '@/lib/links/oembed'

/** Says how a campaign is embedded, to sites that turn a pasted address into a frame (oEmbed 1.0). */
export async function GET(request: Request): Promise<Response> {
  const context = serverContext()
  const { origin, installation } = context
  const asked = readEmbedRequest(new URL(request.url).searchParams, origin)
  if (!asked.ok) {
    return asked.refusal === 'format'
      ? problem(501, 'Format not supported', 'Only format=json is answered.')
      : problem(404, 'Nothing to embed', 'Only the address of a campaign of this site can be embedded.')
  }
  const { slug, locale, width } = asked.value
  const campaign = await getCampaignItem(context, slug, locale)
  if (!campaign) return problem(404, 'Nothing to embed', 'There is no campaign at this address.')
  const title = titleOf(campaign.title, locale, installation.kind === 'sample')
  const picture = linkPicture(campaignPicture(campaign, locale))
  const answer = {
    ...{ version: '1.0', type: 'rich', title, author_name: campaign.fund.name },
    author_url: origin + localePath(locale, `/quy/${campaign.fund.slug}`),
    provider_name: translator(locale, 'site')('name'),
    provider_url: origin + localePath(locale, '/'),
    cache_age: 86_400,
    thumbnail_url: origin + picture.path,
    thumbnail_width: PICTURE_SIZE.width,
    thumbnail_height: PICTURE_SIZE.height,
    html: frameCode(origin + localePath(locale, embedPath(campaign.slug)), title, width),
    width,
    height: embedHeight(width),
  }
  return Response.json(answer, { headers: { 'Cache-Control': 'public, max-age=60', 'Access-Control-Allow-Origin': '*' } })
}

const titleOf = (title: string, locale: Locale, isSample: boolean): string => {
  const t = translator(locale, 'links')
  return `${isSample ? `${t('sample')}. ` : ''}${t('embed.title', { title })}`
}
