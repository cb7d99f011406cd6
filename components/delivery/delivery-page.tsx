import { Crumbs } from '@/components/site/crumbs'
import { PageShell } from '@/components/site/page-shell'
import { Facts } from '@/components/ui/facts'
import { FoldTable } from '@/components/ui/fold-table'
import type { DeliveryView } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

/** What was handed over, where, for how many, and who made it possible. */
export function DeliveryPage({ locale, delivery }: { locale: Locale; delivery: DeliveryView }) {
  const t = translator(locale, 'spending')
  const { slug, commune, campaign, fund, items, givers } = delivery
  const day = formatDay(delivery.deliveredOn)
  const children = delivery.children === null ? t('childrenFew') : t('children', { count: formatCount(delivery.children, locale) })
  return (
    <PageShell locale={locale} path={`/dot-trao/${slug}`} here="campaigns" place={{ seed: delivery.seed }}>
      <Crumbs
        locale={locale}
        steps={[
          { href: localePath(locale, `/chien-dich/${campaign.slug}`), name: campaign.title },
          { href: localePath(locale, `/xa/${commune.slug}`), name: commune.name },
        ]}
      />
      <div className="title">
        <p className="kicker">{t('delivery.kicker')}</p>
        <h1>{t('delivery.title', { commune: commune.name, day })}</h1>
        <p className="lead">
          {t('delivery.lead', { place: delivery.place, commune: commune.name, children, campaign: together(campaign.title) })}
        </p>
      </div>
      <div className="two sec">
        <div>
          <section>
            <h2 className="head2">{t('delivery.items')}</h2>
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
              total={{ item: t('delivery.total'), worth: formatVnd(delivery.amountVnd, locale) }}
            />
            <p className="small quiet near3">{t('papers')}</p>
          </section>
          <section className="sec">
            <h2 className="head2">{t('delivery.givers')}</h2>
            <p>{t('delivery.giversLead', { gifts: delivery.gifts })}</p>
            {givers.length > 0 && (
              <div className="near2">
                <FoldTable
                  caption={t('delivery.givers')}
                  rows={givers}
                  rowKey={({ key }) => key}
                  columns={[
                    {
                      key: 'name',
                      head: t('delivery.giver'),
                      isRowHead: true,
                      room: 'grow',
                      cell: ({ name, code }) => (code === null ? name : <a href={localePath(locale, `/theo-doi/${code}`)}>{name}</a>),
                    },
                    { key: 'sum', head: t('amount'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
                  ]}
                />
              </div>
            )}
            {givers.length < delivery.gifts && <p className="small quiet near3">{t('delivery.giversRest')}</p>}
            <p className="small quiet near3">{t('story.pooled')}</p>
          </section>
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
              { key: 'supplier', term: t('delivery.facts.supplier'), value: delivery.supplier },
              {
                key: 'spend',
                term: t('delivery.facts.spend'),
                value: t('delivery.ofSpend', { part: formatVnd(delivery.amountVnd, locale), whole: formatVnd(delivery.spendVnd, locale) }),
              },
              { key: 'fund', term: t('delivery.facts.fund'), value: <a href={localePath(locale, `/quy/${fund.slug}`)}>{fund.name}</a> },
            ]}
          />
        </aside>
      </div>
    </PageShell>
  )
}
