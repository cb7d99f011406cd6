import { PageShell } from '@/components/site/page-shell'
import { Pager } from '@/components/ui/pager'
import type { CampaignItem } from '@/lib/campaigns/model'
import { campaignListPath, type CampaignFilter, type CampaignParameter, type FilterOptions } from '@/lib/campaigns/schema'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { CampaignList } from './campaign-list'
import { FilterForm } from './filter-form'

interface Props {
  locale: Locale
  filter: CampaignFilter
  ignored: CampaignParameter[]
  options: FilterOptions
  found: { items: CampaignItem[]; total: number; page: number; pages: number }
}

export function CampaignsPage({ locale, filter, ignored, options, found }: Props) {
  const t = translator(locale, 'campaigns')
  const address = (next: Partial<CampaignFilter>) => localePath(locale, campaignListPath({ ...filter, ...next }))
  const isFiltered = campaignListPath({ ...filter, page: 1 }) !== campaignListPath({})
  return (
    <PageShell locale={locale} path={campaignListPath(filter)} here="campaigns">
      <div className="title">
        <h1>{t('listTitle')}</h1>
        <p className="lead">{t('listLead')}</p>
      </div>
      <FilterForm locale={locale} filter={filter} options={options} />
      {ignored.length > 0 && (
        <p className="near2" role="status">
          {t('filter.ignored', { names: ignored.map((name) => t(`filter.parameters.${name}`)).join(', ') })}
        </p>
      )}
      <section className="near" aria-labelledby="ket-qua">
        <h2 className="small quiet found" id="ket-qua">
          {t('filter.found', { count: found.total })}
          {isFiltered && (
            <>
              {' · '}
              <a href={localePath(locale, '/chien-dich')}>{t('filter.clear')}</a>
            </>
          )}
        </h2>
        {found.total === 0 ? (
          <div className="near2">
            <p className="lead">{t('filter.empty')}</p>
            {isFiltered && (
              <p className="near3">
                {t.rich('filter.emptyWay', {
                  a: (text) => <a href={localePath(locale, '/chien-dich')}>{text}</a>,
                  b: (text) => <a href={localePath(locale, '/xa')}>{text}</a>,
                })}
              </p>
            )}
          </div>
        ) : (
          <CampaignList items={found.items} locale={locale} />
        )}
        <Pager locale={locale} page={found.page} pages={found.pages} href={(page) => address({ page })} />
      </section>
    </PageShell>
  )
}
