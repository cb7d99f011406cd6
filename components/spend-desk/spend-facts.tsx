import { Facts } from '@/components/ui/facts'
import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { SpendDesk } from '@/lib/spend-desk/model'
import { spendPath } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'

/** A spend as its fund's people read it before they decide. */
export function SpendFacts({
  locale,
  fundSlug,
  desk,
  names,
  mayRequest,
}: {
  locale: Locale
  fundSlug: string
  desk: SpendDesk
  names: ReadonlyMap<string, string>
  mayRequest: boolean
}) {
  const t = translator(locale, 'spend-desk')
  const { view, requestedBy, decidedBy, availableVnd, replacesKey, replacedByKey } = desk
  const path = (within: string) => localePath(locale, consolePath(fundSlug, within))
  const spend = (key: string) => <a href={path(`/chi/${key}`)}>{key}</a>
  const mayAskAnew = mayRequest && view.state === 'approved' && view.paidVnd === 0n && replacedByKey === null
  const money = (vnd: bigint) => <Money vnd={vnd} locale={locale} />
  const byOn = (id: string, day: string) => t('byOn', { name: names.get(id) ?? id, day: formatDay(day) })
  const fact = (key: Parameters<typeof t>[0] & `facts.${string}`, value: React.ReactNode) => ({ key, term: t(key), value })
  return (
    <>
      <Facts
        facts={[
          fact('facts.campaign', view.campaign.title),
          fact('facts.supplier', view.supplier),
          { ...fact('facts.amount', money(view.amountVnd)), isBig: true },
          ...(view.state === 'requested' ? [fact('facts.available', money(availableVnd))] : []),
          fact('facts.paid', money(view.paidVnd)),
          ...(view.returnedVnd > 0n ? [fact('facts.returned', money(view.returnedVnd))] : []),
          fact('facts.delivered', view.deliveredVnd === null ? translator(locale, 'spending')('untold.worth') : money(view.deliveredVnd)),
          fact(
            'facts.due',
            <>
              {formatDay(view.dueOn)} {view.isOverdue && <b className="late">{t('late')}</b>}
            </>,
          ),
          fact('facts.asked', byOn(requestedBy, view.requestedOn)),
          ...(decidedBy !== null && view.decidedOn !== null ? [fact('facts.decided', byOn(decidedBy, view.decidedOn))] : []),
          ...(view.reason === null ? [] : [fact('facts.reason', view.reason)]),
          ...(replacesKey === null ? [] : [fact('facts.replaces', spend(replacesKey))]),
          ...(replacedByKey === null ? [] : [fact('facts.replacedBy', spend(replacedByKey))]),
        ]}
      />
      <h2>{t('items')}</h2>
      <FoldTable
        caption={t('items')}
        rows={view.items}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'item',
            head: t('itemColumns.item'),
            isRowHead: true,
            room: 'grow',
            cell: ({ key, item }) => `${Number(key) + 1}. ${item}`,
          },
          {
            key: 'units',
            head: t('itemColumns.units'),
            isNumber: true,
            cell: ({ units, unit }) => `${formatCount(units, locale)} ${unit}`,
          },
          { key: 'amount', head: t('itemColumns.amount'), isNumber: true, cell: ({ amountVnd }) => money(amountVnd) },
          {
            key: 'delivered',
            head: t('itemColumns.delivered'),
            isNumber: true,
            fold: t('itemColumns.delivered'),
            cell: ({ deliveredUnits }) =>
              deliveredUnits === null ? translator(locale, 'spending')('untold.worth') : formatCount(deliveredUnits, locale),
          },
        ]}
        total={{ item: translator(locale, 'spending')('spendPage.total'), amount: money(view.amountVnd) }}
      />
      <p>
        <a href={localePath(locale, spendPath(view.key))}>{t('public')}</a>
      </p>
      {mayAskAnew && (
        <p>
          <a href={path(`/chi/moi?chien-dich=${view.campaign.slug}&thay=${view.key}`)}>{t('askAnew')}</a>
        </p>
      )}
    </>
  )
}
