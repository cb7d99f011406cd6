import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { crumbData } from '@/components/site/structured-data'
import { SpendPage, spendSteps } from '@/components/spending/spend-page'
import { serverContext } from '@/lib/context'
import { listDeliveries } from '@/lib/delivery/queries'
import { listPapers } from '@/lib/evidence/queries'
import { answerWith, passBy } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { payersPath, readPayersFrom, spendPath } from '@/lib/spending/model'
import { getSpend, listSpendPayers } from '@/lib/spending/view'

interface Props {
  params: Promise<{ locale: string; number: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A spend is handed over in a few deliveries; the page says how many there are where there are more. */
const MOST_DELIVERIES = 60

/** Asked once for the head and the body of the page. */
const spendOf = cache((number: string, locale: Locale) => getSpend(serverContext(), number, locale))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, number } = await params
  if (!isLocale(locale)) return {}
  const spend = await spendOf(number, locale)
  if (!spend) return notFoundMetadata(locale)
  const t = translator(locale, 'spending')
  const fromVnd = readPayersFrom((await searchParams).tu)
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: payersPath(spendPath(spend.key), fromVnd),
    title: `${t('spendPage.kicker', { number: spend.key })}: ${spend.title}, ${spend.commune.name}`,
    description: t('spendPage.description', { number: spend.key, amount: formatVnd(spend.amountVnd, locale) }),
    isIndexed: fromVnd === 0n,
  })
}

export default async function SpendRoute({ params, searchParams }: Props) {
  const { locale, number } = await params
  if (!isLocale(locale)) notFound()
  const context = serverContext()
  const spend = await spendOf(number, locale)
  if (!spend) {
    answerWith(404)
    return <NotFound locale={locale} path={spendPath(number)} />
  }
  const fromVnd = readPayersFrom((await searchParams).tu)
  // A list may begin at any đồng: only its first page is kept.
  if (fromVnd > 0n) passBy()
  const site = { origin: context.origin, locale, isSample: context.installation.kind === 'sample' }
  const here = {
    href: localePath(locale, spendPath(spend.key)),
    name: translator(locale, 'spending')('spendPage.kicker', { number: spend.key }),
  }
  return (
    <>
      <JsonLd data={[crumbData(site, spendSteps(spend, locale), here)]} />
      <SpendPage
        locale={locale}
        spend={spend}
        deliveries={await listDeliveries(context, { spendKey: spend.key }, MOST_DELIVERIES, locale)}
        papers={await listPapers(context, [BigInt(spend.key)], locale)}
        payers={await listSpendPayers(context, spend.key, fromVnd)}
      />
    </>
  )
}
