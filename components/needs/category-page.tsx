import { CampaignList } from '@/components/campaigns/campaign-list'
import { Crumbs } from '@/components/site/crumbs'
import { LatestDeliveries } from '@/components/delivery/latest-deliveries'
import { PageShell } from '@/components/site/page-shell'
import { Facts } from '@/components/ui/facts'
import { labelWithSums, LoggedSum } from '@/components/ui/logged-sum'
import { WeaveKey, WovenHead } from '@/components/weave/woven-bar'
import { HOUSE_SEED } from '@/components/weave/band'
import { Motif } from '@/components/weave/motif'
import type { CampaignItem } from '@/lib/campaigns/model'
import { campaignListPath } from '@/lib/campaigns/schema'
import type { DeliveryRow } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatShare } from '@/lib/money/vnd'
import type { CategoryView } from '@/lib/needs/model'
import { CommuneTable } from './commune-table'
import { FundTable } from './fund-table'

interface Props {
  locale: Locale
  category: CategoryView
  campaigns: { items: CampaignItem[]; total: number }
  /** The newest of the category. */
  deliveries: DeliveryRow[]
}

/** Campaigns shown on the page itself; the rest is one link away. */
const CAMPAIGNS_SHOWN = 6

export function CategoryPage({ locale, category, campaigns, deliveries }: Props) {
  const t = translator(locale, 'needs')
  const most = campaigns.items.find(({ takesGifts, missingVnd }) => takesGifts && missingVnd > 0n)
  const year = category.schoolYear === null ? '' : together(`${category.schoolYear}–${category.schoolYear + 1}`)
  const hasFew = category.communes.some(({ total }) => total === null) || category.funds.some(({ isTooFew }) => isTooFew)
  return (
    <PageShell locale={locale} path={`/nhu-cau/${category.key}`} here="needs">
      <Crumbs locale={locale} steps={[{ href: localePath(locale, '/nhu-cau'), name: t('title') }]} />
      <div className="title motif-75 with-motif">
        <Motif category={category.key} />
        <div>
          <h1>{category.name}</h1>
          <p className="lead">{category.about}</p>
        </div>
      </div>
      {category.total && <Coverage category={category} year={year} locale={locale} />}
      <div className="two sec">
        <div>
          <section>
            <h2 className="head2">{t('page.byFund')}</h2>
            <FundTable funds={category.funds} unit={category.unit} locale={locale} />
            {category.isPerChild && <p className="small quiet near2">{t('page.perChild')}</p>}
            {hasFew && <p className="small quiet near2">{t('page.fewNote')}</p>}
            {category.schoolYear === null && <p className="small quiet near2">{t('page.coverageNone')}</p>}
          </section>
        </div>
        <aside>
          <Facts
            facts={[
              { key: 'standard', term: t('page.standard'), value: category.standard },
              { key: 'unit', term: t('page.unit'), value: category.unit },
              ...(most
                ? [
                    {
                      key: 'give',
                      term: t('page.missing'),
                      isTermHidden: true,
                      value: (
                        <a
                          className="act full"
                          href={localePath(locale, `/ung-ho/${most.slug}`)}
                          aria-label={t('page.giveLabel', { title: most.title })}
                        >
                          {t('page.give')}
                        </a>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </aside>
      </div>
      {category.communes.length > 0 && (
        <section className="sec">
          <h2 className="head2">{t('page.byCommune')}</h2>
          <CommuneTable category={category} locale={locale} />
        </section>
      )}
      {!category.isPerChild && <LatestDeliveries locale={locale} deliveries={deliveries} />}
      {!category.isPerChild && (
        <section className="sec">
          <h2>{t('page.campaigns')}</h2>
          {campaigns.items.length === 0 ? (
            <p>{t('page.campaignsNone')}</p>
          ) : (
            <CampaignList items={campaigns.items.slice(0, CAMPAIGNS_SHOWN)} locale={locale} />
          )}
          {campaigns.total > CAMPAIGNS_SHOWN && (
            <p className="small near2">
              <a href={localePath(locale, campaignListPath({ category: category.key }))}>
                {t('page.campaignsAll', { count: campaigns.total })}
              </a>
            </p>
          )}
        </section>
      )}
    </PageShell>
  )
}

/** Asked, covered elsewhere, received and missing, over all communes whose numbers may be said. */
function Coverage({ category, year, locale }: { category: CategoryView; year: string; locale: Locale }) {
  const t = translator(locale, 'needs')
  if (!category.total) return null
  const { sums, quantity, children } = category.total
  const goalVnd = sums.receivedVnd + sums.missingVnd
  const marked = (of: string, vnd: bigint) => <LoggedSum of={of} vnd={vnd} locale={locale} />
  return (
    <section className="sec near" aria-labelledby="dap-ung">
      <h2 id="dap-ung">{t('page.coverage', { year })}</h2>
      {goalVnd > 0n && (
        <WovenHead
          seed={HOUSE_SEED}
          id={`vai-${category.key}`}
          sums={{ goalVnd, receivedVnd: sums.receivedVnd }}
          label={labelWithSums(locale, (sum) =>
            t('page.bar', { share: formatShare(sums.receivedVnd, goalVnd, locale), missing: sum('missing', sums.missingVnd) }),
          )}
        />
      )}
      <dl className="sums">
        <div>
          <dt>
            <WeaveKey kind="received" />
            {t('page.received')}
          </dt>
          <dd>{marked('given', sums.receivedVnd)}</dd>
        </div>
        <div>
          <dt>
            <WeaveKey kind="missing" />
            {t('page.missing')}
          </dt>
          <dd>{marked('missing', sums.missingVnd)}</dd>
        </div>
        <div>
          <dt>{t('page.covered')}</dt>
          <dd>{marked('covered', sums.coveredVnd)}</dd>
        </div>
        <div>
          <dt>{t('page.asked')}</dt>
          <dd>{marked('asked', sums.askedVnd)}</dd>
        </div>
      </dl>
      <p className="small quiet near3">{t('page.askedOf', { quantity: formatCount(quantity, locale), unit: category.unit, children })}</p>
    </section>
  )
}
