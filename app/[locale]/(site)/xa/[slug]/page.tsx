import type { Metadata } from 'next'
import { CommuneFormer } from '@/components/communes/commune-former'
import { CommuneToday } from '@/components/communes/commune-today'
import { MapLegend, NeedMap } from '@/components/communes/need-map'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { communePicture } from '@/components/link-picture/content'
import { JsonLd } from '@/components/site/json-ld'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { crumbData } from '@/components/site/structured-data'
import { drawMap } from '@/lib/communes/map'
import { needSteps } from '@/lib/communes/model'
import { getCommune, listCommunes } from '@/lib/communes/queries'
import { serverContext } from '@/lib/context'
import { LATEST_DELIVERIES } from '@/lib/delivery/model'
import { listDeliveries } from '@/lib/delivery/queries'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  params: Promise<{ locale: string; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const context = serverContext()
  const commune = await getCommune(context, slug, locale)
  if (!commune) return notFoundMetadata(locale)
  const t = translator(locale, 'communes')
  const { fullName: name, province } = commune
  const description =
    commune.kind === 'former'
      ? t('formerPage.description', { name, district: commune.district ?? province })
      : commune.schoolYear === null
        ? t('page.descriptionNone', { name, province })
        : t('page.description', {
            name,
            province,
            year: t('year', { from: String(commune.schoolYear), to: String(commune.schoolYear + 1) }),
          })
  // A commune of before may have the name of the one that it became.
  const title = [name, commune.kind === 'former' ? commune.district : null, province].filter(Boolean).join(', ')
  return pageMetadata({
    ...{ origin: context.origin, locale, path: `/xa/${commune.slug}`, title, description },
    picture: communePicture(commune, locale),
  })
}

export default async function CommunePage({ params }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const commune = await getCommune(serverContext(), slug, locale)
  if (!commune) {
    answerWith(404)
    return <NotFound locale={locale} path={`/xa/${slug}`} />
  }
  const { origin, installation } = serverContext()
  const site = { origin, locale, isSample: installation.kind === 'sample' }
  const list = { href: localePath(locale, '/xa'), name: translator(locale, 'communes')('crumb') }
  const here = { href: localePath(locale, `/xa/${commune.slug}`), name: commune.fullName }
  return (
    <PageShell locale={locale} path={`/xa/${commune.slug}`} here="communes" place={{ seed: commune.seed }}>
      <JsonLd data={[crumbData(site, [list], here)]} />
      {commune.kind === 'former' ? (
        <CommuneFormer locale={locale} commune={commune} />
      ) : (
        <CommuneToday
          locale={locale}
          commune={commune}
          deliveries={await listDeliveries(serverContext(), { communeSlug: commune.slug }, LATEST_DELIVERIES, locale)}
          map={<OnTheMap locale={locale} slug={commune.slug} />}
        />
      )}
    </PageShell>
  )
}

/** The map of the commune's own fund, this one marked, and its place in the order of need. */
async function OnTheMap({ locale, slug }: { locale: Locale; slug: string }) {
  const t = translator(locale, 'communes')
  const { communes } = await listCommunes(serverContext(), locale)
  const here = communes.find((commune) => commune.slug === slug)
  if (!here) return null
  const own = communes.filter(({ fund }) => fund.slug === here.fund.slug)
  const steps = needSteps(communes.map(({ missingVnd }) => missingVnd))
  return (
    <section className="sec" aria-labelledby="ban-do">
      <h2 id="ban-do">{t('page.mapTitle')}</h2>
      <p className="quiet">
        {t.rich('page.mapLead', {
          name: here.fullName,
          rank: here.rank,
          count: communes.length,
          a: (text) => <a href={`${localePath(locale, '/xa')}#xa-${slug}`}>{text}</a>,
        })}
      </p>
      <MapLegend locale={locale} steps={steps} prefix="do" />
      <div className="atlas-one near2">
        <NeedMap
          locale={locale}
          communes={own}
          map={drawMap(
            own.flatMap((commune) => (commune.boundary ? { key: commune.slug, boundary: commune.boundary } : [])),
            340,
          )}
          steps={steps}
          prefix="do"
          here={slug}
        />
      </div>
    </section>
  )
}
