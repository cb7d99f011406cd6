import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { HomePage } from '@/components/home/home-page'
import { homePicture } from '@/components/link-picture/content'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { siteData } from '@/components/site/structured-data'
import { serverContext } from '@/lib/context'
import { getHome } from '@/lib/home/queries'
import { isLocale, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  params: Promise<{ locale: string }>
}

/** Asked once for the head and the body of the page. */
const homeOf = cache((locale: Locale) => getHome(serverContext(), locale))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: '/',
    description: translator(locale, 'site')('description'),
    picture: homePicture(await homeOf(locale), locale),
  })
}

export default async function Page({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const { origin, installation } = serverContext()
  return (
    <>
      <JsonLd data={[siteData({ origin, locale, isSample: installation.kind === 'sample' })]} />
      <HomePage home={await homeOf(locale)} locale={locale} />
    </>
  )
}
