import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import type { BudgetChange, BudgetItem } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

interface Props {
  budget: BudgetItem[]
  changes: BudgetChange[]
  goalVnd: bigint
  /** What was planned is done: how far the money reaches is no question any more. */
  isComplete: boolean
  locale: Locale
}

/** The priced budget, with how much of it the money pays for. */
export function BudgetTable({ budget, changes, goalVnd, isComplete, locale }: Props) {
  const t = translator(locale, 'campaigns')
  const money = (vnd: bigint) => <Money vnd={vnd} locale={locale} />
  const next = budget.find(({ towardsNextVnd }) => towardsNextVnd > 0n)
  return (
    <>
      <FoldTable
        className="items"
        isCells
        caption={t('page.budgetCaption')}
        rows={budget}
        rowKey={({ position }) => String(position)}
        columns={[
          {
            key: 'item',
            head: t('page.item'),
            room: 'wide',
            isRowHead: true,
            cell: ({ item, standard }) => (
              <>
                {item}
                <span className="sub">{standard}</span>
              </>
            ),
          },
          {
            key: 'quantity',
            head: t('page.quantity'),
            isNumber: true,
            fold: t('page.foldQuantity'),
            cell: ({ quantity, unit }) => (
              <>
                {formatCount(quantity, locale)} <span className="sub">{unit}</span>
              </>
            ),
          },
          {
            key: 'price',
            head: t('page.price'),
            isNumber: true,
            fold: t('page.foldPrice'),
            cell: ({ unitPriceVnd }) => money(unitPriceVnd),
          },
          { key: 'amount', head: t('page.amount'), isNumber: true, fold: t('page.foldAmount'), cell: ({ amountVnd }) => money(amountVnd) },
          ...(isComplete
            ? []
            : [
                {
                  key: 'paid',
                  head: t('page.paid'),
                  isNumber: true,
                  fold: t('page.foldPaid'),
                  cell: ({ fundedUnits }: BudgetItem) => <b>{formatCount(fundedUnits, locale)}</b>,
                },
              ]),
        ]}
        total={{ item: t('page.total'), amount: money(goalVnd) }}
      />
      {!isComplete && (
        <p className="small quiet near2">
          {t('page.paidHow')}
          {next &&
            ` ${t('page.paidNext', { item: next.item, amount: formatVnd(next.towardsNextVnd, locale), price: formatVnd(next.unitPriceVnd, locale) })}`}
        </p>
      )}
      {changes.length > 0 && (
        <>
          <h3>{t('page.budgetChanges')}</h3>
          <ul className="near3">
            {changes.map(({ key, item, unit, fromQuantity, toQuantity, reason, changedOn }) => (
              <li key={key}>
                {t('page.budgetChange', {
                  ...{ day: formatDay(changedOn), item, unit, reason },
                  ...{ from: formatCount(fromQuantity, locale), to: formatCount(toQuantity, locale) },
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
