import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NeedsPage } from '@/components/needs/needs-page'
import { pageMetadata } from '@/components/site/metadata'
import { serverContext } from '@/lib/context'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getNeedTable } from '@/lib/needs/queries'

interface Props {
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'needs')
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: '/nhu-cau',
    title: t('listTitle'),
    description: t('listDescription'),
  })
}

export default async function Page({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  return <NeedsPage locale={locale} table={await getNeedTable(serverContext(), locale)} />
}
