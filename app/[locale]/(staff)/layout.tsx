import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { SampleNotice } from '@/components/site/sample-notice'
import { SkipLink } from '@/components/site/skip-link'
import { serverContext } from '@/lib/context'
import { isLocale } from '@/lib/i18n/locale'
import '../../styles/console.css'
import '../../styles/desk-forms.css'
import '../../styles/office.css'

interface Props {
  children: ReactNode
  params: Promise<{ locale: string }>
}

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** The console: dense, and without the public pages' head and foot. */
export default async function StaffLayout({ children, params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  return (
    <div className="desk">
      <SkipLink locale={locale} />
      {serverContext().installation.kind === 'sample' && <SampleNotice locale={locale} />}
      {children}
      <script type="module" src="/js/console.js" />
    </div>
  )
}
