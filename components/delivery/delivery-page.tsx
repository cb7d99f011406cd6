import type { ReactNode } from 'react'
import { DeliveryPapers } from '@/components/evidence/delivery-papers'
import { PhotoGallery } from '@/components/evidence/photo-gallery'
import { Payers } from '@/components/spending/payers'
import { Crumbs, type Step } from '@/components/site/crumbs'
import { PageShell } from '@/components/site/page-shell'
import { Facts } from '@/components/ui/facts'
import { FoldTable } from '@/components/ui/fold-table'
import type { DeliveryView } from '@/lib/delivery/model'
import type { DeliveryEvidence } from '@/lib/evidence/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence, together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { spendPath, type PayersPage } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'

/** The way to a delivery. */
export const deliverySteps = ({ campaign, commune }: DeliveryView, locale: Locale): Step[] => [
  { href: localePath(locale, `/xa/${commune.slug}`), name: commune.name },
  { href: localePath(locale, `/chien-dich/${campaign.slug}`), name: campaign.title },
]

interface Props {
  locale: Locale
  delivery: DeliveryView
  evidence: DeliveryEvidence
  payers: PayersPage
}

/** What was handed over, where, for how many, and who made it possible. */
export function DeliveryPage({ locale, delivery, evidence, payers }: Props) {
  const t = translator(locale, 'spending')
  const { slug, commune, campaign, fund, items, spend, amountVnd } = delivery
  const day = formatDay(delivery.deliveredOn)
  const children = delivery.children === null ? t('childrenFew') : t('children', { count: formatCount(delivery.children, locale) })
  const ofSpend = (text: ReactNode) => <a href={localePath(locale, spendPath(spend.key))}>{text}</a>
  return (
    <PageShell locale={locale} path={`/dot-trao/${slug}`} here="campaigns" place={{ seed: delivery.seed }}>
      <Crumbs locale={locale} steps={deliverySteps(delivery, locale)} />
      <div className="title">
        <p className="kicker">{t('delivery.kicker')}</p>
        <h1>{t('delivery.title', { commune: commune.name, day })}</h1>
        <p className="lead">
          {t('delivery.lead', {
            place: delivery.place,
            commune: inSentence(commune.name, locale),
            children,
            campaign: together(campaign.title),
          })}
        </p>
      </div>
      <div className="two sec">
        <div>
          <section>
            <h2 className="head2">{t('delivery.items')}</h2>
            {amountVnd === null ? (
              <p>{t.rich(delivery.children === null ? 'untold.few' : 'untold.beside', { a: ofSpend })}</p>
            ) : (
              <FoldTable
                caption={t('delivery.items')}
                rows={items}
                rowKey={({ key }) => key}
                columns={[
                  { key: 'item', head: t('delivery.item'), isRowHead: true, room: 'grow', cell: ({ item }) => item },
                  {
                    key: 'count',
                    head: t('delivery.count'),
                    isNumber: true,
                    cell: ({ units, unit }) => `${formatCount(units, locale)} ${unit}`,
                  },
                  { key: 'worth', head: t('worth'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
                ]}
                total={{ item: t('delivery.total'), worth: formatVnd(amountVnd, locale) }}
              />
            )}
            {delivery.note !== '' && <p className="near3">{delivery.note}</p>}
          </section>
          <PhotoGallery locale={locale} evidence={evidence} />
          <DeliveryPapers locale={locale} evidence={evidence} />
          {amountVnd !== null && (
            <Payers locale={locale} payers={payers} gifts={delivery.gifts} totalVnd={amountVnd} path={`/dot-trao/${slug}`} />
          )}
        </div>
        <aside>
          <Facts
            facts={[
              {
                key: 'campaign',
                term: t('delivery.facts.campaign'),
                value: <a href={localePath(locale, `/chien-dich/${campaign.slug}`)}>{together(campaign.title)}</a>,
              },
              {
                key: 'commune',
                term: t('delivery.facts.commune'),
                value: <a href={localePath(locale, `/xa/${commune.slug}`)}>{commune.name}</a>,
              },
              { key: 'place', term: t('delivery.facts.place'), value: delivery.place },
              { key: 'supplier', term: t('delivery.facts.supplier'), value: spend.supplier },
              {
                key: 'spend',
                term: t('delivery.facts.spend'),
                value: (
                  <>
                    {ofSpend(t('spendPage.kicker', { number: spend.key }))}
                    <br />
                    {amountVnd === null
                      ? formatVnd(spend.amountVnd, locale)
                      : t('delivery.ofSpend', { part: formatVnd(amountVnd, locale), whole: formatVnd(spend.amountVnd, locale) })}
                  </>
                ),
              },
              { key: 'fund', term: t('delivery.facts.fund'), value: <a href={localePath(locale, `/quy/${fund.slug}`)}>{fund.name}</a> },
            ]}
          />
        </aside>
      </div>
    </PageShell>
  )
}
