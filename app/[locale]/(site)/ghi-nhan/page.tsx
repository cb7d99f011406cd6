import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { recognitionPicture } from '@/components/link-picture/content'
import { RecognitionPage } from '@/components/recognition/recognition-page'
import { pageMetadata } from '@/components/site/metadata'
import { serverContext } from '@/lib/context'
import { passBy } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getRecognition, getRecognitionSums, listRecognitionOptions } from '@/lib/recognition/queries'
import { readRecognitionFilter, recognitionPath, type SearchParameters } from '@/lib/recognition/schema'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<SearchParameters>
}

const read = async (locale: Locale, searchParams: Props['searchParams']) => {
  const options = await listRecognitionOptions(serverContext(), locale)
  return { options, ...readRecognitionFilter(await searchParams, options) }
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'recognition')
  const { filter } = await read(locale, searchParams)
  const context = serverContext()
  const chosen = [filter.list ? t(`list.${filter.list}`) : null, filter.place?.name, filter.year].filter(
    (one) => one !== null && one !== undefined,
  )
  return pageMetadata({
    origin: context.origin,
    locale,
    path: recognitionPath({ ...filter, name: '', after: null }),
    title: chosen.length > 0 ? `${t('title')}: ${chosen.join(', ')}` : t('title'),
    description: t('description'),
    picture: recognitionPicture(await getRecognitionSums(context), locale),
    // What somebody looked for is no page of its own, and neither is each stretch of a list.
    isIndexed: filter.name === '' && filter.after === null,
  })
}

export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const { filter, options, isTidy } = await read(locale, searchParams)
  if (!isTidy) redirect(localePath(locale, recognitionPath(filter)))
  // A list may go on after any sum: only its beginning is kept.
  if (filter.after !== null) passBy()
  const found = await getRecognition(serverContext(), filter, options.years, locale)
  return <RecognitionPage locale={locale} filter={filter} places={options.places} found={found} />
}
