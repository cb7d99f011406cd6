import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FilesPage } from '@/components/lines/files-page'
import { pageMetadata } from '@/components/site/metadata'
import { serverContext } from '@/lib/context'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listLineFiles } from '@/lib/public-lines/files'
import { FILES_PATH, filesPath, readMonth, type SearchParameters } from '@/lib/public-lines/schema'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<SearchParameters>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'lines')
  const month = readMonth(await searchParams)
  const { origin } = serverContext()
  return pageMetadata({
    origin,
    locale,
    path: filesPath(month),
    title: t('files.title'),
    description: t('files.lead'),
    isIndexed: month === null,
  })
}

export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const month = readMonth(await searchParams)
  const files = await listLineFiles(serverContext().db, month)
  return <FilesPage locale={locale} month={month} files={files} path={FILES_PATH} />
}
