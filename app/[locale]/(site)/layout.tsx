import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Footer } from '@/components/site/footer'
import { SampleNotice } from '@/components/site/sample-notice'
import { SkipLink } from '@/components/site/skip-link'
import { serverContext } from '@/lib/context'
import { getFooter } from '@/lib/home/queries'
import { isLocale } from '@/lib/i18n/locale'

interface Props {
  children: ReactNode
  params: Promise<{ locale: string }>
}

export default async function SiteLayout({ children, params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  const context = serverContext()
  const footer = await getFooter(context, locale)
  return (
    <>
      <SkipLink locale={locale} />
      {context.installation.kind === 'sample' && <SampleNotice locale={locale} />}
      {children}
      <Footer locale={locale} footer={footer} />
    </>
  )
}
