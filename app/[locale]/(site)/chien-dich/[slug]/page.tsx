import type { Metadata } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { CampaignPage } from '@/components/campaigns/campaign-page'
import { pageMetadata } from '@/components/site/metadata'
import { getCampaign, getCampaignSlug } from '@/lib/campaigns/queries'
import { serverContext } from '@/lib/context'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

/** Asked once for the head and the body of the page. */
const campaignOf = cache((slug: string, locale: Locale) => getCampaign(serverContext(), slug, locale))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const campaign = isLocale(locale) ? await campaignOf(slug, locale) : null
  if (!isLocale(locale) || !campaign) return {}
  const { origin } = serverContext()
  return pageMetadata({ origin, locale, path: `/chien-dich/${slug}`, title: campaign.title, description: campaign.summary })
}

export default async function Page({ params }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) notFound()
  const context = serverContext()
  const campaign = await campaignOf(slug, locale)
  if (campaign) return <CampaignPage locale={locale} campaign={campaign} now={context.now()} />
  const today = await getCampaignSlug(context, slug)
  if (today === null) notFound()
  permanentRedirect(localePath(locale, `/chien-dich/${today}`))
}
