import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { Motif } from '@/components/weave/motif'
import type { CommuneNeed, NeedSums } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'

/** Needs of one commune by category: asked, covered elsewhere, received, missing. In đồng, so that columns stay narrow. */
export function NeedsTable({ locale, needs, sums, caption }: { locale: Locale; needs: CommuneNeed[]; sums: NeedSums; caption: string }) {
  const t = translator(locale, 'communes')
  const marked = (of: string, vnd: bigint) => <LoggedSum of={of} vnd={vnd} locale={locale} isBare />
  const amount = (of: string, pick: (sums: NeedSums) => bigint) =>
    function Amount({ category, sums: own }: CommuneNeed) {
      return own ? marked(`${of} ${category}`, pick(own)) : ''
    }
  return (
    <FoldTable
      caption={caption}
      isCells
      className="four"
      rows={needs}
      rowKey={({ category }) => category}
      columns={[
        {
          key: 'category',
          head: t('columns.category'),
          isRowHead: true,
          room: 'wide',
          cell: (need) => (
            <span className="kind">
              <Motif category={need.category} />
              <span>
                <a href={localePath(locale, `/nhu-cau/${need.category}`)}>{need.categoryName}</a>
                <span className="sub">{sizeOf(need, locale)}</span>
              </span>
            </span>
          ),
        },
        {
          key: 'asked',
          head: t('columns.asked'),
          isNumber: true,
          fold: t('folds.asked'),
          cell: amount('asked', ({ askedVnd }) => askedVnd),
        },
        {
          key: 'covered',
          head: t('columns.covered'),
          isNumber: true,
          fold: t('folds.covered'),
          cell: amount('covered', ({ coveredVnd }) => coveredVnd),
        },
        {
          key: 'received',
          head: t('columns.received'),
          isNumber: true,
          fold: t('folds.received'),
          cell: amount('given', ({ receivedVnd }) => receivedVnd),
        },
        {
          key: 'missing',
          head: t('columns.missing'),
          isNumber: true,
          fold: t('folds.missing'),
          cell: (need) => need.sums && <b>{marked(`missing ${need.category}`, need.sums.missingVnd)}</b>,
        },
      ]}
      total={{
        category: `${t('columns.total')} (₫)`,
        asked: marked('asked', sums.askedVnd),
        covered: marked('covered', sums.coveredVnd),
        received: marked('given', sums.receivedVnd),
        missing: marked('missing', sums.missingVnd),
      }}
    />
  )
}

/** "268 em, 24.120 suất ăn trưa", or that there are too few children to say. */
function sizeOf({ children, quantity, unit }: CommuneNeed, locale: Locale): string {
  const t = translator(locale, 'communes')
  if (children === null || quantity === null) return t('page.few')
  return `${t('page.children', { count: formatCount(children, locale) })}, ${t('page.quantity', { count: formatCount(quantity, locale), unit })}`
}
