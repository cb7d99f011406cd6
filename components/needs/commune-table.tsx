import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { needLevel, needSteps } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { CategoryView, CommuneShare, NeedTotal } from '@/lib/needs/model'
import { Density, DensityLegend } from './levels'

/** A category by commune, as heat and as numbers; most missing first. */
export function CommuneTable({ category, locale }: { category: CategoryView; locale: Locale }) {
  const t = translator(locale, 'needs')
  const { communes, total } = category
  const steps = needSteps(communes.map(({ total: own }) => own?.sums.missingVnd ?? 0n))
  const sum = (pick: (share: NeedTotal) => bigint) =>
    function Sum({ total: own }: CommuneShare) {
      return own ? <Money vnd={pick(own)} locale={locale} /> : '–'
    }
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
            { key: 'asked', head: t('page.asked'), isNumber: true, fold: t('page.foldAsked'), cell: sum(({ sums }) => sums.askedVnd) },
            {
              key: 'covered',
              head: t('page.covered'),
              isNumber: true,
              fold: t('page.foldCovered'),
              cell: sum(({ sums }) => sums.coveredVnd),
            },
            {
              key: 'received',
              head: t('page.received'),
              isNumber: true,
              fold: t('page.foldReceived'),
              cell: sum(({ sums }) => sums.receivedVnd),
            },
            {
              key: 'missing',
              head: t('page.missing'),
              isNumber: true,
              fold: t('page.foldMissing'),
              cell: sum(({ sums }) => sums.missingVnd),
            },
          ]}
          {...(total
            ? {
                total: {
                  commune: t('page.total'),
                  asked: <Money vnd={total.sums.askedVnd} locale={locale} />,
                  covered: <Money vnd={total.sums.coveredVnd} locale={locale} />,
                  received: <Money vnd={total.sums.receivedVnd} locale={locale} />,
                  missing: <Money vnd={total.sums.missingVnd} locale={locale} />,
                },
              }
            : {})}
        />
      </div>
    </>
  )
}
