import type { Metadata } from 'next'
import { OpenCampaigns } from '@/components/giving/open-campaigns'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listOpenCampaigns } from '@/lib/pledges/queries'

interface Props {
  params: Promise<{ locale: string }>
}

const PATH = '/ung-ho'

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'giving')
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: PATH,
    title: t('choose.title'),
    description: t('choose.description'),
  })
}

export default async function ChoosePage({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'giving')
  const campaigns = await listOpenCampaigns(serverContext(), locale)
  return (
    <PageShell locale={locale} path={PATH} here="campaigns">
      <div className="title">
        <h1>{t('choose.title')}</h1>
        <p className="lead">{campaigns.length > 0 ? t('choose.lead') : t('choose.none')}</p>
      </div>
      {campaigns.length > 0 ? (
        <section className="sec near" aria-labelledby="danh-sach">
          <h2 className="vh" id="danh-sach">
            {t('choose.list')}
          </h2>
          <OpenCampaigns locale={locale} campaigns={campaigns} />
        </section>
      ) : (
        <p className="near2">
          {t('choose.noneNote')} <a href={localePath(locale, '/xa')}>{t('choose.seeNeeds')}</a>
        </p>
      )}
    </PageShell>
  )
}
