import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { needLevel, needSteps } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { CategoryView, CommuneShare } from '@/lib/needs/model'
import { Density, DensityLegend } from './levels'
import { sumColumns } from './sum-columns'

/** A category by commune, as heat and as numbers; most missing first. */
export function CommuneTable({ category, locale }: { category: CategoryView; locale: Locale }) {
  const t = translator(locale, 'needs')
  const { communes, total } = category
  const steps = needSteps(communes.map(({ total: own }) => own?.sums.missingVnd ?? 0n))
  const marked = (of: string, vnd: bigint) => <LoggedSum of={of} vnd={vnd} locale={locale} />
  return (
    <>
      <p className="small quiet">{t('page.byCommuneText')}</p>
      <DensityLegend steps={steps} locale={locale} />
      <div className="near2">
        <FoldTable
          isCells
          className="by-commune"
          caption={t('page.byCommuneCaption')}
          rows={communes}
          rowKey={({ slug }) => slug}
          columns={[
            {
              key: 'commune',
              head: t('commune'),
              room: 'wide',
              isRowHead: true,
              cell: ({ slug, name, total: own }) => (
                <>
                  {own && <Density level={needLevel(own.sums.missingVnd, steps)} />}
                  <a href={localePath(locale, `/xa/${slug}`)}>{name}</a>
                  <span className="sub">{own ? `${formatCount(own.quantity, locale)} ${category.unit}` : t('few')}</span>
                </>
              ),
            },
            ...sumColumns<CommuneShare>(locale, ({ slug, total: own }, of, pick) =>
              own ? marked(`${of} ${slug} ${category.schoolYear}`, pick(own)) : '–',
            ),
          ]}
          {...(total
            ? {
                total: {
                  commune: t('page.total'),
                  asked: marked('asked', total.sums.askedVnd),
                  covered: marked('covered', total.sums.coveredVnd),
                  received: marked('given', total.sums.receivedVnd),
                  missing: marked('missing', total.sums.missingVnd),
                },
              }
            : {})}
        />
      </div>
    </>
  )
}
