import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { FundShare } from '@/lib/needs/model'
import { sumColumns } from './sum-columns'

/** Each fund's part of a category, with the agency that leads it there. */
export function FundTable({ funds, unit, locale }: { funds: FundShare[]; unit: string; locale: Locale }) {
  const t = translator(locale, 'needs')
  return (
    <FoldTable
      isCells
      caption={t('page.byFundCaption')}
      rows={funds}
      rowKey={({ slug }) => slug}
      columns={[
        {
          key: 'fund',
          head: t('page.fund'),
          room: 'wide',
          isRowHead: true,
          cell: ({ slug, name, leadAgency, total }) => (
            <>
              <a href={localePath(locale, `/quy/${slug}`)}>{name}</a>
              {leadAgency && (
                <span className="sub">
                  {t('page.leads')}: {leadAgency}
                </span>
              )}
              {total && (
                <span className="sub">
                  {t('page.askedOf', { quantity: formatCount(total.quantity, locale), unit, children: total.children })}
                </span>
              )}
            </>
          ),
        },
        ...sumColumns<FundShare>(locale, ({ slug, total, isTooFew }, of, pick) =>
          total ? <LoggedSum of={`fund ${of} ${slug}`} vnd={pick(total)} locale={locale} /> : isTooFew ? t('few') : '–',
        ),
      ]}
    />
  )
}
