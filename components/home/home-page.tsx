import { CampaignList } from '@/components/campaigns/campaign-list'
import { LatestDeliveries } from '@/components/delivery/latest-deliveries'
import { PageShell } from '@/components/site/page-shell'
import { WithSums, type PlaceSum } from '@/components/ui/logged-sum'
import { Timeline } from '@/components/ui/timeline'
import { band } from '@/components/weave/band'
import { BandStrip } from '@/components/weave/strip'
import type { HomeView } from '@/lib/home/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'
import { ClothOfTheYear } from './cloth-of-the-year'
import { Week } from './week'

/** What is needed now, what arrived this week, how far it got. */
export function HomePage({ home, locale }: { home: HomeView; locale: Locale }) {
  const t = translator(locale, 'home')
  return (
    <PageShell locale={locale} path="/">
      <Hero home={home} locale={locale} />
      <ClothOfTheYear home={home} locale={locale} />
      <section className="sec" aria-labelledby="can">
        <h2 id="can">{t('now')}</h2>
        {home.mostNeeded.length === 0 ? <p>{t('nowEmpty')}</p> : <CampaignList items={home.mostNeeded} locale={locale} />}
        {home.campaigns > 0 && (
          <p className="small near2">
            <a href={localePath(locale, '/chien-dich')}>{t('all', { count: home.campaigns })}</a>
          </p>
        )}
      </section>
      {home.justComplete && <JustComplete done={home.justComplete} locale={locale} />}
      <LatestDeliveries locale={locale} deliveries={home.deliveries} />
      <Week home={home} locale={locale} />
      <section className={home.justFunded.length > 0 ? 'sec two two-even' : 'sec'}>
        {home.justFunded.length > 0 && (
          <div>
            <h2 className="head2">{t('justFunded')}</h2>
            <Timeline
              knots={home.justFunded.map(({ campaign, on }) => ({
                key: campaign.slug,
                when: (
                  <WithSums
                    locale={locale}
                    say={(sum) => t('fundedOn', { day: formatDay(on), amount: sum(`received ${campaign.slug}`, campaign.receivedVnd) })}
                  />
                ),
                what: (
                  <p>
                    <a href={localePath(locale, `/chien-dich/${campaign.slug}`)}>{together(campaign.title)}</a>
                  </p>
                ),
              }))}
            />
          </div>
        )}
        <Checks locale={locale} />
      </section>
    </PageShell>
  )
}

function Hero({ home, locale }: { home: HomeView; locale: Locale }) {
  const t = translator(locale, 'home')
  const site = translator(locale, 'site')
  const [most] = home.mostNeeded
  const lead = (sum: PlaceSum) =>
    home.schoolYear === null
      ? t('leadNone')
      : home.sums.missingVnd === 0n
        ? t('leadMet')
        : t('lead', {
            count: home.communes.filter(({ askedVnd }) => askedVnd > 0n).length,
            amount: sum('missing', home.sums.missingVnd),
          })
  return (
    <section className="hero">
      <h1>{site('line')}</h1>
      <div>
        <p className="lead">
          <WithSums locale={locale} say={lead} />
        </p>
        <p className="acts">
          {most ? (
            <a className="act" href={localePath(locale, `/ung-ho/${most.slug}`)}>
              {t('give')}
            </a>
          ) : (
            <a className="act act-3" href={localePath(locale, '/chien-dich')}>
              {t('browse')}
            </a>
          )}
          <a className="act act-2" href={localePath(locale, '/tra-cuu')}>
            {t('lookup')}
          </a>
        </p>
      </div>
    </section>
  )
}

function JustComplete({ done: { campaign, on }, locale }: { done: NonNullable<HomeView['justComplete']>; locale: Locale }) {
  const t = translator(locale, 'home')
  return (
    <section className="done" aria-labelledby="xong">
      <BandStrip band={band(campaign.commune.seed, { complete: true })} id="dai-xong" />
      <h2 id="xong">{t('complete')}</h2>
      <p>
        <WithSums
          locale={locale}
          say={(sum) =>
            t.rich('completeText', {
              title: together(campaign.title),
              amount: sum(`received ${campaign.slug}`, campaign.receivedVnd),
              day: formatDay(on),
              a: (text) => <a href={localePath(locale, `/chien-dich/${campaign.slug}`)}>{text}</a>,
            })
          }
        />
      </p>
    </section>
  )
}

function Checks({ locale }: { locale: Locale }) {
  const t = translator(locale, 'home')
  return (
    <div>
      <h2 className="head2">{t('checks')}</h2>
      <ul className="rules">
        <li>{t.rich('checkCode', { a: (text) => <a href={localePath(locale, '/tra-cuu')}>{text}</a> })}</li>
        <li>{t('checkOrder')}</li>
        <li>{t('checkOverlap')}</li>
        <li>{t('checkChildren')}</li>
      </ul>
    </div>
  )
}
