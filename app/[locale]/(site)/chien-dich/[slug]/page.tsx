import type { Metadata } from 'next'
import { permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { CampaignPage } from '@/components/campaigns/campaign-page'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { pageMetadata } from '@/components/site/metadata'
import { getCampaign, getCampaignSlug } from '@/lib/campaigns/queries'
import { serverContext } from '@/lib/context'
import { getCampaignGoods } from '@/lib/goods/coverage'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

/** Asked once for the head and the body of the page. */
const campaignOf = cache((slug: string, locale: Locale) => getCampaign(serverContext(), slug, locale))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const campaign = await campaignOf(slug, locale)
  if (!campaign) return notFoundMetadata(locale)
  const { origin } = serverContext()
  return pageMetadata({ origin, locale, path: `/chien-dich/${slug}`, title: campaign.title, description: campaign.summary })
}

export default async function Page({ params }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const context = serverContext()
  const campaign = await campaignOf(slug, locale)
  if (campaign) {
    const goods = await getCampaignGoods(context, slug, locale)
    return <CampaignPage locale={locale} campaign={campaign} goods={goods} now={context.now()} />
  }
  const today = await getCampaignSlug(context, slug)
  if (today !== null) permanentRedirect(localePath(locale, `/chien-dich/${today}`))
  answerWith(404)
  return <NotFound locale={locale} path={`/chien-dich/${slug}`} />
}
