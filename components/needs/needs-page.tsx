import { PageShell } from '@/components/site/page-shell'
import { WithSums } from '@/components/ui/logged-sum'
import { Motif } from '@/components/weave/motif'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { CategoryRow, NeedTable } from '@/lib/needs/model'
import { HeatTable } from './heat-table'

/** Every kind of need, and the table of communes and kinds as heat. */
export function NeedsPage({ table, locale }: { table: NeedTable; locale: Locale }) {
  const t = translator(locale, 'needs')
  return (
    <PageShell locale={locale} path="/nhu-cau" here="needs">
      <div className="title">
        <h1>{t('listTitle')}</h1>
        <p className="lead">{t('listLead')}</p>
      </div>
      <ul className="motifs motif-75 near">
        {table.categories.map((category) => (
          <Category key={category.key} category={category} locale={locale} />
        ))}
      </ul>
      {table.schoolYear !== null && table.communes.length > 0 && <HeatTable table={table} schoolYear={table.schoolYear} locale={locale} />}
    </PageShell>
  )
}

function Category({ category, locale }: { category: CategoryRow; locale: Locale }) {
  const t = translator(locale, 'needs')
  const { key, name, total, isPerChild, openCampaigns } = category
  return (
    <li>
      <Motif category={key} />
      <h2 className="name">
        <a href={localePath(locale, `/nhu-cau/${key}`)}>{name}</a>
      </h2>
      <p className="small quiet">
        {isPerChild ? (
          t('perChild')
        ) : total === null ? (
          t('none')
        ) : total.sums.missingVnd === 0n ? (
          t('met')
        ) : (
          <WithSums
            locale={locale}
            say={(sum) => t.rich('missing', { amount: sum(`missing ${key}`, total.sums.missingVnd), b: (text) => <b>{text}</b> })}
          />
        )}
        {!isPerChild && <span className="sub">{t('open', { count: openCampaigns })}</span>}
      </p>
    </li>
  )
}
