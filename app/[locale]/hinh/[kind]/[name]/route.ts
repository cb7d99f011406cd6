import {
  campaignPicture,
  categoryPicture,
  communePicture,
  deliveryPicture,
  fundPicture,
  giftPicture,
  homePicture,
  housePicture,
  linkPicture,
  pictureVersion,
  recognitionPicture,
  type PictureContent,
} from '@/components/link-picture/content'
import { getCampaignItem } from '@/lib/campaigns/queries'
import { getCommune } from '@/lib/communes/queries'
import { serverContext, type ServerContext } from '@/lib/context'
import { getDelivery } from '@/lib/delivery/queries'
import { getFund } from '@/lib/funds/queries'
import { getHome } from '@/lib/home/queries'
import { problem } from '@/lib/http/problem'
import { isLocale, type Locale } from '@/lib/i18n/locale'
import { getCategory } from '@/lib/needs/queries'
import { getRecognitionSums } from '@/lib/recognition/queries'
import { getGift } from '@/lib/pledges/queries'
import { getGiftStory } from '@/lib/spending/story'
import { renderPicture } from './render'

interface Props {
  params: Promise<{ locale: string; kind: string; name: string }>
}

/** Asked for by another version, or by none: the picture of this moment, for a minute. */
const FOR_A_MINUTE = 'public, max-age=60'
const FOR_EVER = 'public, max-age=31536000, immutable'

/** The picture of a page, for whoever shows a link to it. An address names a version, so a changed picture has a new one. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { locale, kind, name } = await params
  const slug = /^([a-z0-9-]{1,120})\.png$/.exec(name)?.[1]
  const context = serverContext()
  const content = slug !== undefined && isLocale(locale) ? await contentOf(context, kind, slug, locale) : null
  if (!content) return problem(404, 'No such picture', 'No page of this site has this picture.')
  // A former slug: the picture stands under the one of today.
  if (content.name !== `${kind}/${slug}`) return new Response(null, { status: 308, headers: { Location: linkPicture(content).path } })
  const png = await renderPicture(content, context.installation.kind === 'sample')
  if (!png) return problem(503, 'Busy', 'Many pictures are being drawn. Please ask again in a moment.', { 'Retry-After': '5' })
  const isCurrent = new URL(request.url).searchParams.get('v') === pictureVersion(content)
  return new Response(png, {
    headers: {
      'Content-Type': 'image/png',
      'Content-Length': String(png.length),
      'Cache-Control': isCurrent ? FOR_EVER : FOR_A_MINUTE,
    },
  })
}

async function contentOf(context: ServerContext, kind: string, slug: string, locale: Locale): Promise<PictureContent | null> {
  switch (kind) {
    case 'trang':
      if (slug === 'tung-dong') return housePicture(locale)
      if (slug === 'ghi-nhan') return recognitionPicture(await getRecognitionSums(context), locale)
      return slug === 'trang-chu' ? homePicture(await getHome(context, locale), locale) : null
    case 'chien-dich': {
      const campaign = await getCampaignItem(context, slug, locale)
      return campaign && campaignPicture(campaign, locale)
    }
    case 'theo-doi': {
      const gift = await getGift(context, slug.toUpperCase(), locale)
      if (!gift?.isPictured || gift.state !== 'received') return null
      const ids = gift.gifts.map(({ donationId }) => donationId)
      return giftPicture(gift, await getGiftStory(context, ids, locale), locale)
    }
    case 'dot-trao': {
      const delivery = await getDelivery(context, slug, locale)
      return delivery && deliveryPicture(delivery, locale)
    }
    case 'xa': {
      const commune = await getCommune(context, slug, locale)
      return commune && communePicture(commune, locale)
    }
    case 'nhu-cau': {
      const category = await getCategory(context, slug, locale)
      return category && categoryPicture(category, locale)
    }
    case 'quy': {
      const fund = await getFund(context, slug, locale)
      return fund && fundPicture(fund, locale)
    }
    default:
      return null
  }
}
