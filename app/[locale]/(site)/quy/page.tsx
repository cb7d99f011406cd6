import type { Metadata } from 'next'
import { FundList } from '@/components/funds/fund-list'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { listFunds } from '@/lib/funds/queries'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  params: Promise<{ locale: string }>
}

const PATH = '/quy'

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'funds')
  return pageMetadata({ origin: serverContext().origin, locale, path: PATH, title: t('list.title'), description: t('list.description') })
}

export default async function FundsPage({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'funds')
  const funds = await listFunds(serverContext(), locale)
  return (
    <PageShell locale={locale} path={PATH}>
      <div className="title">
        <h1>{t('list.title')}</h1>
        <p className="lead">{t('list.lead')}</p>
      </div>
      <FundList locale={locale} funds={funds} />
    </PageShell>
  )
}
