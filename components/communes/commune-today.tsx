import type { ReactNode } from 'react'
import { LatestDeliveries } from '@/components/delivery/latest-deliveries'
import { Crumbs } from '@/components/site/crumbs'
import { labelWithSums, LoggedSum, WithSums } from '@/components/ui/logged-sum'
import { Facts } from '@/components/ui/facts'
import { WeaveKey, WovenHead } from '@/components/weave/woven-bar'
import type { CommuneView } from '@/lib/communes/model'
import type { DeliveryRow } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'
import { CampaignTable } from './campaign-table'
import { FormerTable } from './former-table'
import { NeedsTable } from './needs-table'

interface Props {
  locale: Locale
  commune: CommuneView
  /** The newest in the commune. */
  deliveries: DeliveryRow[]
  map: ReactNode
}

/** The page of a commune of today; `map` shows where it stands among the others. */
export function CommuneToday({ locale, commune, deliveries, map }: Props) {
  const t = translator(locale, 'communes')
  const { sums, schoolYear } = commune
  const year = schoolYear === null ? null : together(t('year', { from: String(schoolYear), to: String(schoolYear + 1) }))
  const askedOfDonors = sums.askedVnd - sums.coveredVnd
  const names = commune.former
    .map(({ fullName, isPartial }) => inSentence(isPartial ? t('part', { name: fullName }) : fullName, locale))
    .join(', ')
  return (
    <>
      <Crumbs locale={locale} steps={[{ href: localePath(locale, '/xa'), name: t('crumb') }]} />
      <div className="title">
        <h1>{together(commune.fullName)}</h1>
        <p className="lead">
          {t('page.before', { names })}{' '}
          {year === null ? (
            t('page.noNeeds')
          ) : sums.missingVnd > 0n ? (
            <WithSums
              locale={locale}
              say={(sum) =>
                t.rich('page.missing', { year, missing: sum('missing', sums.missingVnd), b: (text) => <b className="so">{text}</b> })
              }
            />
          ) : (
            t('page.met', { year })
          )}
        </p>
      </div>
      {askedOfDonors > 0n && (
        <div className="sec near">
          <WovenHead
            seed={commune.seed}
            id="xa"
            sums={{ goalVnd: askedOfDonors, receivedVnd: sums.receivedVnd }}
            label={labelWithSums(locale, (sum) =>
              t('page.bar', { name: commune.fullName, received: sum('given', sums.receivedVnd), missing: sum('missing', sums.missingVnd) }),
            )}
          />
          <ul className="legend near3">
            <li>
              <WeaveKey kind="received" />
              {t('page.legend.received')}
            </li>
            <li>
              <WeaveKey kind="missing" />
              {t('page.legend.missing')}
            </li>
          </ul>
        </div>
      )}
      <div className="two sec">
        <div>
          {year !== null && commune.needs.length > 0 && <Needs locale={locale} commune={commune} year={year} />}
          <section className={commune.needs.length > 0 ? 'sec' : undefined} aria-labelledby="chien-dich">
            <h2 className="head2" id="chien-dich">
              {t('page.campaigns')}
            </h2>
            {commune.campaigns.length > 0 ? <CampaignTable locale={locale} campaigns={commune.campaigns} /> : <p>{t('page.none')}</p>}
          </section>
        </div>
        <aside>
          <MostNeeded locale={locale} commune={commune} />
        </aside>
      </div>
      <LatestDeliveries locale={locale} deliveries={deliveries} isCommuneTold={false} />
      <section className="sec" aria-labelledby="truoc">
        <h2 id="truoc">{t('page.former')}</h2>
        <p className="quiet">{t('page.formerLead')}</p>
        <div className="near2">
          <FormerTable locale={locale} former={commune.former} />
        </div>
        {commune.areaKm2 !== null && (
          <p className="small quiet near2">{t('page.facts', { code: commune.code, area: decimal(commune.areaKm2, locale) })}</p>
        )}
      </section>
      {map}
    </>
  )
}

function Needs({ locale, commune, year }: { locale: Locale; commune: CommuneView; year: string }) {
  const t = translator(locale, 'communes')
  const { needs } = commune
  const reported = needs.map(({ reportedOn }) => reportedOn).toSorted()[0]
  const checked = needs
    .flatMap(({ checkedOn }) => (checkedOn === null ? [] : [checkedOn]))
    .toSorted()
    .at(-1)
  const sources = [...new Set(needs.flatMap(({ coveredBy }) => coveredBy))]
  return (
    <section aria-labelledby="nhu-cau">
      <h2 className="head2" id="nhu-cau">
        {t('page.needs', { year })}
      </h2>
      <NeedsTable locale={locale} needs={needs} sums={commune.sums} caption={t('page.needs', { year })} />
      <div className="small quiet near2">
        {reported && checked && <p>{t('page.needsNote', { reported: formatDay(reported), checked: formatDay(checked) })}</p>}
        {sources.length > 0 && <p>{t('page.coveredBy', { names: sources.join(', ') })}</p>}
        {needs.some(({ sums }) => sums === null) && <p>{t('page.fewNote')}</p>}
      </div>
    </section>
  )
}

/** The open campaign that misses most, and who answers for the commune. */
function MostNeeded({ locale, commune }: { locale: Locale; commune: CommuneView }) {
  const t = translator(locale, 'communes')
  const missing = ({ goalVnd, receivedVnd }: { goalVnd: bigint; receivedVnd: bigint }) => goalVnd - receivedVnd
  const [most] = commune.campaigns.filter(({ takesGifts }) => takesGifts).toSorted((a, b) => (missing(a) > missing(b) ? -1 : 1))
  return (
    <Facts
      facts={[
        ...(most
          ? [
              { key: 'most', term: t('page.most'), value: <b>{together(most.title)}</b> },
              {
                key: 'missing',
                term: t('page.missingBy', { day: formatDay(most.neededBy) }),
                value: <LoggedSum of={`needed ${most.slug}`} vnd={missing(most) > 0n ? missing(most) : 0n} locale={locale} />,
                isBig: true,
              },
              {
                key: 'give',
                term: t('page.give'),
                isTermHidden: true,
                value: (
                  <a
                    className="act full"
                    href={localePath(locale, `/ung-ho/${most.slug}`)}
                    aria-label={t('page.giveTo', { title: most.title })}
                  >
                    {t('page.give')}
                  </a>
                ),
              },
            ]
          : [
              {
                key: 'none',
                term: t('page.noOpen'),
                value: <a href={localePath(locale, '/ung-ho')}>{t('page.others')}</a>,
              },
            ]),
        ...(commune.fund
          ? [
              {
                key: 'fund',
                term: t('page.fund'),
                value: <a href={localePath(locale, `/quy/${commune.fund.slug}`)}>{commune.fund.name}</a>,
              },
            ]
          : []),
      ]}
    />
  )
}

const decimal = (value: number, locale: Locale): string => {
  const [whole = '0', fraction] = value.toFixed(1).split('.')
  return `${formatCount(Number(whole), locale)}${locale === 'vi' ? ',' : '.'}${fraction ?? '0'}`
}
