import type { Metadata } from 'next'
import { permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { campaignSteps } from '@/components/campaigns/campaign-steps'
import { CampaignPage } from '@/components/campaigns/campaign-page'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { campaignPicture, linkPicture } from '@/components/link-picture/content'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { campaignData, crumbData } from '@/components/site/structured-data'
import { getCampaign, getCampaignSlug } from '@/lib/campaigns/queries'
import { serverContext } from '@/lib/context'
import { listDeliveries } from '@/lib/delivery/queries'
import { listCampaignPapers, listCampaignPictures } from '@/lib/evidence/queries'
import { getCampaignGoods } from '@/lib/goods/coverage'
import { answerWith } from '@/lib/http/status'
import { getCampaignMoney } from '@/lib/spending/campaign-money'
import { getCampaignSpending } from '@/lib/spending/queries'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

const LATEST_DELIVERIES = 8

/** Asked once for the head and the body of the page. */
const campaignOf = cache((slug: string, locale: Locale) => getCampaign(serverContext(), slug, locale))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const campaign = await campaignOf(slug, locale)
  if (!campaign) return notFoundMetadata(locale)
  const { origin } = serverContext()
  const path = `/chien-dich/${slug}`
  return pageMetadata({
    ...{ origin, locale, path, title: campaign.title, description: campaign.summary },
    picture: campaignPicture(campaign, locale),
    embeds: path,
  })
}

export default async function Page({ params }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const context = serverContext()
  const campaign = await campaignOf(slug, locale)
  if (campaign) {
    const spending = await getCampaignSpending(context, campaign.slug, locale)
    const money = await getCampaignMoney(context, campaign.slug, spending, locale)
    const deliveries = await listDeliveries(context, { campaignSlug: campaign.slug }, LATEST_DELIVERIES, locale)
    const papers = await listCampaignPapers(context, campaign.slug, locale)
    const pictures = await listCampaignPictures(context, campaign.slug, locale)
    const goods = await getCampaignGoods(context, slug, locale)
    const site = { origin: context.origin, locale, isSample: context.installation.kind === 'sample' }
    const here = { href: localePath(locale, `/chien-dich/${slug}`), name: campaign.title }
    const picture = `${context.origin}${linkPicture(campaignPicture(campaign, locale)).path}`
    return (
      <>
        <JsonLd data={[campaignData(site, campaign, picture), crumbData(site, campaignSteps(campaign, locale), here)]} />
        <CampaignPage
          locale={locale}
          campaign={campaign}
          goods={goods}
          spending={spending}
          money={money}
          deliveries={deliveries}
          papers={papers}
          pictures={pictures}
          now={context.now()}
          origin={context.origin}
        />
      </>
    )
  }
  const today = await getCampaignSlug(context, slug)
  if (today !== null) permanentRedirect(localePath(locale, `/chien-dich/${today}`))
  answerWith(404)
  return <NotFound locale={locale} path={`/chien-dich/${slug}`} />
}
