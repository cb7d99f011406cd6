import type { ReactNode } from 'react'
import { DeliveryTable } from '@/components/delivery/delivery-table'
import { PaperTable } from '@/components/evidence/paper-table'
import { Crumbs, type Step } from '@/components/site/crumbs'
import { PageShell } from '@/components/site/page-shell'
import { Facts } from '@/components/ui/facts'
import { LoggedSum, WithSums } from '@/components/ui/logged-sum'
import { FoldTable } from '@/components/ui/fold-table'
import { WeaveKey, WovenHead } from '@/components/weave/woven-bar'
import type { DeliveryRow } from '@/lib/delivery/model'
import type { PaperView } from '@/lib/evidence/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { spendPath, type PayersPage, type SpendItemView, type SpendView } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'
import { Payers } from './payers'
import { SpendSteps } from './spend-steps'

interface Props {
  locale: Locale
  spend: SpendView
  deliveries: DeliveryRow[]
  papers: PaperView[]
  payers: PayersPage
}

/** The way to a spend. */
export const spendSteps = ({ campaign, commune }: SpendView, locale: Locale): Step[] => [
  { href: localePath(locale, `/xa/${commune.slug}`), name: commune.name },
  { href: localePath(locale, `/chien-dich/${campaign.slug}`), name: campaign.title },
]

/** What was bought, of whom, how far it is paid and handed over, and whose money it was. */
export function SpendPage({ locale, spend, deliveries, papers, payers }: Props) {
  const t = translator(locale, 'spending')
  const { key, state, campaign, commune, supplier } = spend
  return (
    <PageShell locale={locale} path={spendPath(key)} here="campaigns" place={{ seed: commune.seed, complete: state === 'settled' }}>
      <Crumbs locale={locale} steps={spendSteps(spend, locale)} />
      <div className="title">
        <p className="kicker">{t('spendPage.kicker', { number: key })}</p>
        <h1>{together(spend.title)}</h1>
        <p className="lead">
          <WithSums
            locale={locale}
            say={(sum) => t('spendPage.lead', { amount: sum('asked', spend.amountVnd), campaign: together(campaign.title), supplier })}
          />
        </p>
        <p className="near2">{t(`spendPage.states.${state}`)}</p>
        {spend.isOverdue && (
          <p className="late near2">
            {spend.deliveredVnd === null
              ? t('untold.overdue', { day: formatDay(spend.dueOn) })
              : t('spendPage.overdue', {
                  day: formatDay(spend.dueOn),
                  amount: formatVnd(spend.amountVnd - spend.deliveredVnd - spend.returnedVnd, locale),
                })}
          </p>
        )}
        {spend.advances.map(({ key: advance, outVnd, givenOn, dueOn, isOverdue }) => {
          const told = { amount: formatVnd(outVnd, locale), given: formatDay(givenOn), day: formatDay(dueOn) }
          return (
            <p key={advance} className={isOverdue ? 'late near2' : 'near2'}>
              {t(isOverdue ? 'spendPage.advanceOverdue' : 'spendPage.advance', told)}
            </p>
          )
        })}
        {spend.deliveredVnd === null && <p className="near2">{t('untold.spend')}</p>}
      </div>
      <Sums locale={locale} spend={spend} />
      <div className="two sec">
        <div>
          <section aria-labelledby="mua-gi">
            <h2 className="head2" id="mua-gi">
              {t('spendPage.items')}
            </h2>
            <Items locale={locale} spend={spend} />
          </section>
          <section className="sec" aria-labelledby="dot-trao">
            <h2 className="head2" id="dot-trao">
              {t('deliveries')}
            </h2>
            {deliveries.length === 0 ? (
              <p>{t('spendPage.noDeliveries')}</p>
            ) : (
              <DeliveryTable locale={locale} deliveries={deliveries} isCommuneTold={false} />
            )}
          </section>
          <Payers locale={locale} payers={payers} gifts={spend.gifts} totalVnd={spend.paidVnd - spend.returnedVnd} path={spendPath(key)} />
          <section className="sec" aria-labelledby="tung-buoc">
            <h2 className="head2" id="tung-buoc">
              {t('spendPage.steps')}
            </h2>
            <SpendSteps locale={locale} spend={spend} deliveries={deliveries} />
          </section>
          <section className="sec" aria-labelledby="giay-to">
            <h2 className="head2" id="giay-to">
              {t('spendPage.evidence')}
            </h2>
            {papers.length > 0 ? (
              <PaperTable locale={locale} papers={papers} isMixed />
            ) : (
              <p>{translator(locale, 'evidence')('noneOfSpend')}</p>
            )}
          </section>
        </div>
        <aside>
          <Facts
            facts={[
              {
                key: 'campaign',
                term: t('spendPage.facts.campaign'),
                value: <a href={localePath(locale, `/chien-dich/${campaign.slug}`)}>{together(campaign.title)}</a>,
              },
              {
                key: 'commune',
                term: t('spendPage.facts.commune'),
                value: <a href={localePath(locale, `/xa/${commune.slug}`)}>{together(commune.name)}</a>,
              },
              { key: 'supplier', term: t('spendPage.facts.supplier'), value: supplier },
              { key: 'due', term: t('spendPage.facts.due'), value: formatDay(spend.dueOn) },
              {
                key: 'fund',
                term: t('spendPage.facts.fund'),
                value: <a href={localePath(locale, `/quy/${spend.fund.slug}`)}>{spend.fund.name}</a>,
              },
            ]}
          />
        </aside>
      </div>
    </PageShell>
  )
}

/** The sum that was approved, by what became of it: the parts add up to it. */
function Sums({ locale, spend }: { locale: Locale; spend: SpendView }) {
  const t = translator(locale, 'spending')
  const { amountVnd, paidVnd, returnedVnd, deliveredVnd, state, commune, key } = spend
  // Told only as a whole, all that is paid is one part.
  const waitingVnd = paidVnd - returnedVnd - (deliveredVnd ?? 0n)
  const unpaidVnd = amountVnd - paidVnd
  const isOver = state === 'settled' || state === 'cancelled' || state === 'rejected'
  const vnd = (amount: bigint) => formatVnd(amount, locale)
  // `of`: what the log calls it, where it tells of it to the đồng.
  const parts: { key: string; name: string; amountVnd: bigint; of?: string; swatch?: ReactNode; isAlways?: boolean }[] = [
    {
      key: 'amount',
      name: t(state === 'requested' || state === 'rejected' ? 'spendPage.asked' : 'spendPage.amount'),
      amountVnd,
      of: 'asked',
      isAlways: true,
    },
    ...(deliveredVnd === null
      ? []
      : [
          {
            key: 'delivered',
            name: t('spendPage.delivered'),
            amountVnd: deliveredVnd,
            swatch: <WeaveKey kind="delivered" />,
            isAlways: true,
          },
        ]),
    {
      key: 'waiting',
      name: t(deliveredVnd === null ? 'spendPage.paid' : 'spendPage.waiting'),
      amountVnd: waitingVnd,
      ...(deliveredVnd === null ? { of: 'paid' } : {}),
      swatch: <WeaveKey kind="spent" />,
      isAlways: true,
    },
    { key: 'returned', name: t('spendPage.returned'), amountVnd: returnedVnd, of: 'back' },
    {
      key: 'unpaid',
      name: t(isOver ? 'spendPage.unused' : 'spendPage.unpaid'),
      amountVnd: unpaidVnd,
      of: 'unpaid',
      swatch: <WeaveKey kind="missing" />,
    },
  ]
  return (
    <section className="sec near" aria-label={t('spendPage.sums')}>
      <WovenHead
        seed={commune.seed}
        id={`chi-${key}`}
        sums={{ goalVnd: amountVnd, deliveredVnd: deliveredVnd ?? 0n, spentVnd: waitingVnd, receivedVnd: 0n }}
        label={{
          'aria-label':
            deliveredVnd === null
              ? t('untold.bar', { amount: vnd(amountVnd), paid: vnd(waitingVnd), returned: vnd(returnedVnd), unpaid: vnd(unpaidVnd) })
              : t('spendPage.bar', {
                  ...{ amount: vnd(amountVnd), delivered: vnd(deliveredVnd), waiting: vnd(waitingVnd) },
                  ...{ returned: vnd(returnedVnd), unpaid: vnd(unpaidVnd) },
                }),
        }}
      />
      <dl className="sums">
        {parts
          .filter((part) => part.isAlways === true || part.amountVnd > 0n)
          .map((part) => (
            <div key={part.key}>
              <dt>
                {part.swatch}
                {part.name}
              </dt>
              <dd>{part.of === undefined ? vnd(part.amountVnd) : <LoggedSum of={part.of} vnd={part.amountVnd} locale={locale} />}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

function Items({ locale, spend }: { locale: Locale; spend: SpendView }) {
  const t = translator(locale, 'spending')
  const count = (units: number, unit: string) => `${formatCount(units, locale)} ${unit}`
  return (
    <FoldTable
      caption={t('spendPage.items')}
      rows={spend.items}
      rowKey={({ key }) => key}
      columns={[
        { key: 'item', head: t('spendPage.item'), isRowHead: true, room: 'wide', cell: ({ item }) => item },
        {
          key: 'count',
          head: t('spendPage.count'),
          isNumber: true,
          fold: t('spendPage.count'),
          cell: ({ units, unit }) => count(units, unit),
        },
        {
          key: 'price',
          head: t('spendPage.price'),
          isNumber: true,
          fold: t('spendPage.price'),
          cell: (item) => priceText(item, locale),
        },
        ...(spend.deliveredVnd === null
          ? []
          : [
              {
                ...{ key: 'handed', head: t('spendPage.handed'), isNumber: true, fold: t('spendPage.handed') },
                cell: ({ deliveredUnits }: SpendItemView) => formatCount(deliveredUnits ?? 0, locale),
              },
            ]),
        {
          key: 'sum',
          head: t('spendPage.sum'),
          isNumber: true,
          fold: t('spendPage.sum'),
          cell: ({ amountVnd }) => <b>{formatVnd(amountVnd, locale)}</b>,
        },
      ]}
      total={{ item: t('spendPage.total'), sum: <LoggedSum of="asked" vnd={spend.amountVnd} locale={locale} /> }}
    />
  )
}

/** The price of a unit; where the sum can't be shared evenly, some units cost one đồng more. */
function priceText({ amountVnd, units }: SpendItemView, locale: Locale): string {
  const low = amountVnd / BigInt(units)
  if (low * BigInt(units) === amountVnd) return formatVnd(low, locale)
  return translator(locale, 'spending')('spendPage.priceOr', { low: formatVnd(low, locale), high: formatVnd(low + 1n, locale) })
}
