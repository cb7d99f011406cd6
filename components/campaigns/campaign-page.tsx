import { EmbedOffer } from '@/components/embed/embed-offer'
import { CampaignPictures } from '@/components/evidence/photo-gallery'
import { InKind } from '@/components/goods/in-kind'
import { CampaignMoney } from '@/components/spending/campaign-money'
import { CampaignRecords } from '@/components/spending/campaign-records'
import { Crumbs } from '@/components/site/crumbs'
import { PageShell } from '@/components/site/page-shell'
import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { Prose } from '@/components/ui/prose'
import { Timeline } from '@/components/ui/timeline'
import type { CampaignView } from '@/lib/campaigns/model'
import type { DeliveryRow } from '@/lib/delivery/model'
import type { PaperView, PhotoView } from '@/lib/evidence/model'
import type { CampaignGoods } from '@/lib/goods/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { CampaignMoney as MoneyParts, CampaignSpending } from '@/lib/spending/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { BudgetTable } from './budget-table'
import { CampaignAside } from './campaign-aside'
import { campaignSteps } from './campaign-steps'
import { GiftsTable } from './gifts-table'
import { Progress } from './progress'

interface Props {
  locale: Locale
  campaign: CampaignView
  goods: CampaignGoods
  spending: CampaignSpending
  /** What became of all that came; null where nothing came yet. */
  money: MoneyParts | null
  deliveries: DeliveryRow[]
  papers: PaperView[]
  pictures: PhotoView[]
  now: Date
  /** The site's own address, for what is pasted elsewhere. */
  origin: string
}

export function CampaignPage({ locale, campaign, goods, spending, money, deliveries, papers, pictures, now, origin }: Props) {
  const t = translator(locale, 'campaigns')
  const { commune, slug, state, budget, latestGifts, steps } = campaign
  const isSpending = state === 'delivering' || state === 'complete' || state === 'closed'
  return (
    <PageShell locale={locale} path={`/chien-dich/${slug}`} here="campaigns" place={{ seed: commune.seed, complete: state === 'complete' }}>
      <Crumbs locale={locale} steps={campaignSteps(campaign, locale)} />
      <div className="title">
        <h1>{together(campaign.title)}</h1>
        <p className="lead">{together(campaign.summary)}</p>
      </div>
      <Progress campaign={campaign} spending={spending} now={now} locale={locale} />
      <div className="two sec">
        <div>
          {isSpending && money && (
            <CampaignMoney
              locale={locale}
              money={money}
              spends={spending.spends}
              isOver={state === 'complete' || state === 'closed'}
              overflow={campaign.overflow}
            />
          )}
          {(isSpending || spending.spends.length > 0) && (
            <CampaignRecords
              locale={locale}
              spending={spending}
              deliveries={deliveries}
              papers={papers}
              className={isSpending && money ? 'sec' : undefined}
            />
          )}
          <section className={isSpending || spending.spends.length > 0 ? 'sec' : undefined}>
            <h2 className="head2">{t('page.budget')}</h2>
            <BudgetTable
              budget={budget}
              changes={campaign.budgetChanges}
              goalVnd={campaign.goalVnd}
              isComplete={campaign.state === 'complete'}
              locale={locale}
            />
          </section>
          <InKind locale={locale} slug={slug} goods={goods} isOpen={campaign.takesGifts} />
          <section className="sec">
            <h2 className="head2">{t('page.buys')}</h2>
            <p className="lead">
              {campaign.children === null ? t('page.childrenFew') : t('page.childrenCount', { count: campaign.children })}
            </p>
            <div className="near2">
              <Prose text={campaign.story} />
            </div>
            <CampaignPictures pictures={pictures} />
            <NeedNote campaign={campaign} locale={locale} />
          </section>
          <section className="sec">
            <h2 className="head2">{t('page.others')}</h2>
            <OtherSources campaign={campaign} locale={locale} />
          </section>
          <section className="sec">
            <h2 className="head2">{t('page.gifts')}</h2>
            {latestGifts.length === 0 ? (
              <p>{t('page.giftsEmpty')}</p>
            ) : (
              <>
                <GiftsTable gifts={latestGifts} locale={locale} />
                <p className="small near2">
                  {t.rich('page.giftsAll', {
                    count: campaign.gifts,
                    a: (text) => <a href={localePath(locale, '/tra-cuu')}>{text}</a>,
                  })}
                </p>
              </>
            )}
          </section>
          <section className="sec">
            <h2 className="head2">{t('page.steps')}</h2>
            <Timeline
              knots={steps.map(({ key, state: step, reason, happenedAt }) => ({
                key,
                when: formatMoment(happenedAt),
                what: (
                  <>
                    <p>
                      <b>{t(`page.stepStates.${step}`)}</b>
                    </p>
                    {reason && <p className="small">{reason}</p>}
                  </>
                ),
                ...(step === 'complete' ? { kind: 'leaf' as const } : {}),
              }))}
            />
          </section>
        </div>
        <aside>
          <CampaignAside campaign={campaign} locale={locale} />
        </aside>
      </div>
      <EmbedOffer locale={locale} origin={origin} slug={slug} title={campaign.title} />
    </PageShell>
  )
}

/** Where the number of the need comes from; nothing where the number is too small to be said. */
function NeedNote({ campaign: { need }, locale }: { campaign: CampaignView; locale: Locale }) {
  const t = translator(locale, 'campaigns')
  if (need.quantity === null) return null
  const said = {
    year: together(`${need.schoolYear}–${need.schoolYear + 1}`),
    quantity: formatCount(need.quantity, locale),
    unit: need.unit,
    reported: formatDay(need.reportedOn),
  }
  return (
    <p className="small quiet near2">
      {need.checkedOn ? t('page.need', { ...said, checked: formatDay(need.checkedOn) }) : t('page.needUnchecked', said)}
    </p>
  )
}

function OtherSources({ campaign: { need }, locale }: { campaign: CampaignView; locale: Locale }) {
  const t = translator(locale, 'campaigns')
  if (need.otherSources.length === 0) return <p>{t('page.othersNone')}</p>
  return (
    <>
      <p>{t('page.othersIntro')}</p>
      <div className="near2">
        <FoldTable
          caption={t('page.othersCaption')}
          rows={need.otherSources}
          rowKey={({ name }) => name}
          columns={[
            { key: 'source', head: t('page.source'), room: 'grow', isRowHead: true, cell: ({ name }) => name },
            {
              key: 'quantity',
              head: t('page.sourceQuantity'),
              isNumber: true,
              cell: ({ quantity }) => `${formatCount(quantity, locale)} ${need.unit}`,
            },
            {
              key: 'amount',
              head: t('page.sourceAmount'),
              isNumber: true,
              cell: ({ amountVnd }) => <Money vnd={amountVnd} locale={locale} />,
            },
          ]}
        />
      </div>
    </>
  )
}
