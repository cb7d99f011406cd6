import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { LinesPage } from '@/components/lines/lines-page'
import { pageMetadata } from '@/components/site/metadata'
import { serverContext } from '@/lib/context'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getAsOf, getLines, listLineOptions } from '@/lib/public-lines/queries'
import { linesPath, readLineQuery, type SearchParameters } from '@/lib/public-lines/schema'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<SearchParameters>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'lines')
  const isAsked = Object.keys(await searchParams).length > 0
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: linesPath(),
    title: t('title'),
    description: t('description'),
    // What somebody looked for is no page of its own.
    isIndexed: !isAsked,
  })
}

export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const context = serverContext()
  const options = await listLineOptions(context, locale)
  const read = readLineQuery(await searchParams, options)
  if (!read.isTidy) redirect(localePath(locale, linesPath(read.query)))
  const [found, asOf] = await Promise.all([read.filter && getLines(context, read.query, read.filter, locale), getAsOf(context)])
  return <LinesPage locale={locale} read={read} options={options} found={found} asOf={asOf} />
}
