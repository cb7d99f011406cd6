import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { askedFor } from '@/components/lines/asked'
import { LinesPage } from '@/components/lines/lines-page'
import { pageMetadata } from '@/components/site/metadata'
import { serverContext } from '@/lib/context'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getAsOf, getLines, listLineOptions } from '@/lib/public-lines/queries'
import { linesPath, readLineQuery, type SearchParameters } from '@/lib/public-lines/schema'
import { dayOf } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<SearchParameters>
}

/** What an address is read against: asked for once, by the page and by what is said of it. */
const getGround = cache(async (locale: Locale) => {
  const context = serverContext()
  const [options, asOf] = await Promise.all([listLineOptions(context, locale), getAsOf(context)])
  return { options, asOf, moment: { today: dayOf(context.now()), logSize: asOf.logSize } }
})

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'lines')
  const parameters = await searchParams
  const { options, moment } = await getGround(locale)
  const asked = askedFor(locale, readLineQuery(parameters, options, moment).query)
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: linesPath(),
    title: asked === '' ? t('title') : t('titleAsked', { asked }),
    description: t('description'),
    // What somebody looked for is no page of its own.
    isIndexed: Object.keys(parameters).length === 0,
  })
}

export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const { options, asOf, moment } = await getGround(locale)
  const read = readLineQuery(await searchParams, options, moment)
  if (!read.isTidy) redirect(localePath(locale, linesPath(read.query)))
  const found = read.filter && (await getLines(serverContext(), read.query, read.filter, locale))
  return <LinesPage locale={locale} read={read} options={options} found={found} asOf={asOf} />
}
