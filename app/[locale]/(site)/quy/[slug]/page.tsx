import type { Metadata } from 'next'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { FundPage } from '@/components/funds/fund-page'
import { fundPicture } from '@/components/link-picture/content'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { crumbData, fundData } from '@/components/site/structured-data'
import { takesCards } from '@/lib/cards/commands'
import { serverContext } from '@/lib/context'
import { LATEST_DELIVERIES } from '@/lib/delivery/model'
import { listDeliveries } from '@/lib/delivery/queries'
import { getFund } from '@/lib/funds/queries'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listPublicAppointments } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const context = serverContext()
  const fund = await getFund(context, slug, locale)
  if (!fund) return notFoundMetadata(locale)
  return pageMetadata({
    origin: context.origin,
    locale,
    path: `/quy/${fund.slug}`,
    title: fund.name,
    description: translator(locale, 'funds')('page.description', { name: fund.name }),
    picture: fundPicture(fund, locale),
  })
}

export default async function FundRoute({ params }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const context = serverContext()
  const fund = await getFund(context, slug, locale)
  if (!fund) {
    answerWith(404)
    return <NotFound locale={locale} path={`/quy/${slug}`} />
  }
  const isSample = context.installation.kind === 'sample'
  const site = { origin: context.origin, locale, isSample }
  const list = { href: localePath(locale, '/quy'), name: translator(locale, 'funds')('crumb') }
  const here = { href: localePath(locale, `/quy/${fund.slug}`), name: fund.name }
  return (
    <PageShell locale={locale} path={`/quy/${fund.slug}`}>
      <JsonLd data={[fundData(site, fund), crumbData(site, [list], here)]} />
      <FundPage
        locale={locale}
        fund={fund}
        deliveries={await listDeliveries(context, { fundSlug: fund.slug }, LATEST_DELIVERIES, locale)}
        appointments={await listPublicAppointments(context, fund.slug)}
        takesCards={takesCards(context, fund.slug)}
        isSample={isSample}
        thisYear={Number(dayOf(context.now()).slice(0, 4))}
      />
    </PageShell>
  )
}
