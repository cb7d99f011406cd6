import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { CampaignsPage } from '@/components/campaigns/campaigns-page'
import { pageMetadata } from '@/components/site/metadata'
import { listCampaigns, listFilterOptions } from '@/lib/campaigns/queries'
import { campaignListPath, filterNames, readCampaignFilter, type SearchParameters } from '@/lib/campaigns/schema'
import { serverContext } from '@/lib/context'
import { passBy } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<SearchParameters>
}

const read = async (locale: Locale, searchParams: Props['searchParams']) => {
  const options = await listFilterOptions(serverContext(), locale)
  return { options, ...readCampaignFilter(await searchParams, options) }
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'campaigns')
  const { filter, options } = await read(locale, searchParams)
  const chosen = filterNames(filter, options)
  if (filter.state) chosen.push(t(`states.${filter.state}`))
  const { origin } = serverContext()
  return pageMetadata({
    origin,
    locale,
    path: campaignListPath(filter),
    title: chosen.length > 0 ? `${t('listTitle')}: ${chosen.join(', ')}` : t('listTitle'),
    description: t('listDescription'),
  })
}

export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const { filter, ignored, options, isTidy } = await read(locale, searchParams)
  if (!isTidy) redirect(localePath(locale, campaignListPath(filter)))
  // Values that name nothing are without number: a page that ignored one is not kept.
  if (ignored.length > 0) passBy()
  const found = await listCampaigns(serverContext(), filter, locale)
  if (found.page !== filter.page) redirect(localePath(locale, campaignListPath({ ...filter, page: found.page })))
  return <CampaignsPage locale={locale} filter={filter} ignored={ignored} options={options} found={found} />
}
