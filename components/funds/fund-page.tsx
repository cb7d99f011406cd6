import { LatestDeliveries } from '@/components/delivery/latest-deliveries'
import { Crumbs } from '@/components/site/crumbs'
import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { Facts } from '@/components/ui/facts'
import type { DeliveryRow } from '@/lib/delivery/model'
import type { FundView } from '@/lib/funds/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { PublicAppointment } from '@/lib/staff/model'
import { Accounts } from './accounts'
import { Appointments } from './appointments'
import { formatYearly, Programme } from './programme'

interface Props {
  locale: Locale
  fund: FundView
  /** The newest of its campaigns. */
  deliveries: DeliveryRow[]
  appointments: PublicAppointment[]
  takesCards: boolean
  isSample: boolean
  thisYear: number
}

/** Who answers for the money: what came in, the rule, the accounts, the plan, and where it goes. */
export function FundPage({ locale, fund, deliveries, appointments, takesCards, isSample, thisYear }: Props) {
  const t = translator(locale, 'funds')
  const sums = [
    { key: 'received', name: t('page.received'), value: <LoggedSum of="received" vnd={fund.sums.receivedVnd} locale={locale} /> },
    { key: 'gifts', name: t('page.gifts'), value: formatCount(fund.sums.gifts, locale) },
    { key: 'open', name: t('page.open'), value: formatCount(fund.sums.openCampaigns, locale) },
    { key: 'missing', name: t('page.missing'), value: <LoggedSum of="needed" vnd={fund.sums.missingVnd} locale={locale} /> },
  ]
  return (
    <>
      <Crumbs locale={locale} steps={[{ href: localePath(locale, '/quy'), name: t('crumb') }]} />
      <div className="title">
        <h1>{fund.name}</h1>
        <p className="lead">{fund.about}</p>
      </div>
      <section className="near" aria-label={t('page.sums')}>
        <dl className="sums">
          {sums.map(({ key, name, value }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="sec" aria-labelledby="chi-cho-tre-em">
        <h2 className="head2" id="chi-cho-tre-em">
          {t('page.rule')}
        </h2>
        <p>{t('page.ruleText')}</p>
      </section>
      <section className="sec" aria-labelledby="tai-khoan">
        <h2 className="head2" id="tai-khoan">
          {t('page.accounts')}
        </h2>
        <Accounts locale={locale} accounts={fund.accounts} isSample={isSample} />
        <p className="near3">{t(takesCards ? 'page.cards' : 'page.noCards')}</p>
      </section>
      <Appointments locale={locale} appointments={appointments} />
      <section className="sec" aria-labelledby="chien-dich">
        <h2 className="head2" id="chien-dich">
          {t('page.campaigns')}
        </h2>
        <FundCampaigns locale={locale} fund={fund} />
      </section>
      <LatestDeliveries locale={locale} deliveries={deliveries} />
      <section className="sec" aria-labelledby="ke-hoach">
        <h2 className="head2" id="ke-hoach">
          {t('page.programmes')}
        </h2>
        {fund.programmes.map((programme) => (
          <Programme key={programme.slug} locale={locale} programme={programme} thisYear={thisYear} />
        ))}
      </section>
      <div className="two two-even sec">
        <section aria-labelledby="co-quan">
          <h2 className="head2" id="co-quan">
            {t('page.agencies')}
          </h2>
          <p className="quiet">{t('page.agenciesLead')}</p>
          <div className="near2">
            <Facts
              facts={[
                ...fund.agencies.map(({ key, name }) => ({ key, term: t(`page.agency.${key}`), value: name })),
                { key: 'publishes', term: t('page.publishes'), value: formatYearly(fund.publishesBy) },
              ]}
            />
          </div>
        </section>
        <section aria-labelledby="xa">
          <h2 className="head2" id="xa">
            {t('page.communes')}
          </h2>
          <p className="quiet">
            {t.rich('page.communesLead', { count: fund.communes.length, a: (text) => <a href={localePath(locale, '/xa')}>{text}</a> })}
          </p>
          <ul className="pairs near2">
            {fund.communes.map(({ slug, fullName }) => (
              <li key={slug}>
                <a href={localePath(locale, `/xa/${slug}`)}>{fullName}</a>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}

function FundCampaigns({ locale, fund }: { locale: Locale; fund: FundView }) {
  const t = translator(locale, 'funds')
  if (fund.campaigns.length === 0) return <p>{t('page.noCampaigns')}</p>
  return (
    <FoldTable
      caption={t('page.campaigns')}
      isCells
      rows={fund.campaigns}
      rowKey={({ slug }) => slug}
      columns={[
        {
          key: 'title',
          head: t('page.campaign'),
          isRowHead: true,
          room: 'wide',
          cell: ({ slug, title, communeName }) => (
            <>
              <a href={localePath(locale, `/chien-dich/${slug}`)}>{together(title)}</a>
              <span className="sub">{communeName}</span>
            </>
          ),
        },
        {
          key: 'goal',
          head: t('page.goal'),
          isNumber: true,
          fold: t('page.foldGoal'),
          cell: ({ slug, goalVnd }) => <LoggedSum of={`goal ${slug}`} vnd={goalVnd} locale={locale} />,
        },
        {
          key: 'received',
          head: t('page.received'),
          isNumber: true,
          fold: t('page.foldReceived'),
          cell: ({ slug, receivedVnd }) => <LoggedSum of={`received ${slug}`} vnd={receivedVnd} locale={locale} />,
        },
        {
          key: 'missing',
          head: t('page.campaignMissing'),
          isNumber: true,
          fold: t('page.foldMissing'),
          cell: ({ slug, goalVnd, receivedVnd }) => (
            <b>
              <LoggedSum of={`needed ${slug}`} vnd={goalVnd > receivedVnd ? goalVnd - receivedVnd : 0n} locale={locale} />
            </b>
          ),
        },
      ]}
    />
  )
}
