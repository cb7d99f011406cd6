import type { Metadata } from 'next'
import { cache } from 'react'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { categoryPicture } from '@/components/link-picture/content'
import { CategoryPage } from '@/components/needs/category-page'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { crumbData } from '@/components/site/structured-data'
import { listCampaigns } from '@/lib/campaigns/queries'
import { serverContext } from '@/lib/context'
import { LATEST_DELIVERIES } from '@/lib/delivery/model'
import { listDeliveries } from '@/lib/delivery/queries'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getCategory } from '@/lib/needs/queries'

interface Props {
  params: Promise<{ locale: string; category: string }>
}

/** Asked once for the head and the body of the page. */
const categoryOf = cache((key: string, locale: Locale) => getCategory(serverContext(), key, locale))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, category: key } = await params
  if (!isLocale(locale)) return {}
  const category = await categoryOf(key, locale)
  if (!category) return notFoundMetadata(locale)
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: `/nhu-cau/${key}`,
    title: category.name,
    description: category.about,
    picture: categoryPicture(category, locale),
  })
}

export default async function Page({ params }: Props) {
  const { locale, category: key } = await params
  if (!isLocale(locale)) return null
  const category = await categoryOf(key, locale)
  if (!category) {
    answerWith(404)
    return <NotFound locale={locale} path={`/nhu-cau/${key}`} />
  }
  const filter = { fund: null, commune: null, category: key, state: null, sort: 'need', page: 1 } as const
  const { origin, installation } = serverContext()
  const site = { origin, locale, isSample: installation.kind === 'sample' }
  const list = { href: localePath(locale, '/nhu-cau'), name: translator(locale, 'needs')('title') }
  const here = { href: localePath(locale, `/nhu-cau/${key}`), name: category.name }
  return (
    <>
      <JsonLd data={[crumbData(site, [list], here)]} />
      <CategoryPage
        locale={locale}
        category={category}
        campaigns={await listCampaigns(serverContext(), filter, locale)}
        deliveries={await listDeliveries(serverContext(), { category: key }, LATEST_DELIVERIES, locale)}
      />
    </>
  )
}
