import type { Metadata } from 'next'
import { CommuneTable } from '@/components/communes/commune-table'
import { MapLegend, NeedMap } from '@/components/communes/need-map'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { WithSums } from '@/components/ui/logged-sum'
import { drawMap } from '@/lib/communes/map'
import { needSteps, type CommuneRow } from '@/lib/communes/model'
import { listCommunes } from '@/lib/communes/queries'
import { serverContext } from '@/lib/context'
import { isLocale, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'

interface Props {
  params: Promise<{ locale: string }>
}

const PATH = '/xa'

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'communes')
  const context = serverContext()
  const { communes } = await listCommunes(context, locale)
  return pageMetadata({
    origin: context.origin,
    locale,
    path: PATH,
    title: t('list.title'),
    description: t('list.description', { count: communes.length }),
  })
}

export default async function CommunesPage({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'communes')
  const { schoolYear, communes } = await listCommunes(serverContext(), locale)
  const steps = needSteps(communes.map(({ missingVnd }) => missingVnd))
  return (
    <PageShell locale={locale} path={PATH} here="communes">
      <div className="title">
        <h1>{t('list.title')}</h1>
        <Lead locale={locale} communes={communes} schoolYear={schoolYear} />
      </div>
      <section className="sec near" aria-labelledby="ban-do">
        <h2 className="vh" id="ban-do">
          {t('map.title')}
        </h2>
        <p className="quiet">{t('map.lead')}</p>
        <MapLegend locale={locale} steps={steps} prefix="do-0" />
        <div className="maps near2">
          {byFund(communes).map((own, index) => (
            <NeedMap
              key={own[0]?.fund.slug}
              locale={locale}
              communes={own}
              map={drawMap(
                own.flatMap(({ slug, boundary }) => (boundary ? { key: slug, boundary } : [])),
                index === 0 ? 340 : 300,
              )}
              steps={steps}
              prefix={`do-${index}`}
            />
          ))}
        </div>
      </section>
      <section className="sec" aria-labelledby="bang">
        <h2 id="bang">{t('list.table')}</h2>
        <CommuneTable locale={locale} communes={communes} />
        <p className="small quiet near2">{t('list.tableNote')}</p>
      </section>
    </PageShell>
  )
}

function Lead({ locale, communes, schoolYear }: { locale: Locale; communes: CommuneRow[]; schoolYear: number | null }) {
  const t = translator(locale, 'communes')
  const count = communes.length
  if (schoolYear === null) return <p className="lead">{t('list.leadNone', { count })}</p>
  const year = together(t('year', { from: String(schoolYear), to: String(schoolYear + 1) }))
  const missingVnd = communes.reduce((sum, commune) => sum + commune.missingVnd, 0n)
  if (missingVnd === 0n) return <p className="lead">{t('list.leadMet', { count, year })}</p>
  return (
    <p className="lead">
      <WithSums
        locale={locale}
        say={(sum) => t.rich('list.lead', { count, year, missing: sum('missing', missingVnd), b: (text) => <b className="so">{text}</b> })}
      />
    </p>
  )
}

/** The fund whose communes miss most comes first, and gets the larger map. */
function byFund(communes: CommuneRow[]): CommuneRow[][] {
  const funds = [...new Set(communes.map(({ fund }) => fund.slug))]
  return funds.map((slug) => communes.filter(({ fund }) => fund.slug === slug))
}
