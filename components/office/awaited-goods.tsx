import { Field } from '@/components/ui/field'
import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import type { AwaitedGoods } from '@/lib/goods/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { dayOf, formatDay } from '@/lib/time/day'

/** Promises of goods that wait to be brought, one a row, and the way to any other by its code. */
export function AwaitedGoodsTable({ locale, fundSlug, rows }: { locale: Locale; fundSlug: string; rows: AwaitedGoods[] }) {
  const t = translator(locale, 'office')
  const path = (within: string) => localePath(locale, consolePath(fundSlug, within))
  return (
    <>
      <form action={path('/hien-vat')} className="line-form">
        <Field name="ma" label={t('goods.byCode')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={20} />}
        </Field>
        <button className="act act-2">{t('goods.open')}</button>
      </form>
      {rows.length === 0 ? (
        <p className="lead-line">{t('goods.none')}</p>
      ) : (
        <FoldTable
          caption={t('goods.title')}
          rows={rows}
          rowKey={({ code }) => code}
          columns={[
            {
              key: 'code',
              head: t('goods.columns.code'),
              isRowHead: true,
              room: 'grow',
              cell: ({ code, nature }) => (
                <>
                  <a className="code" href={path(`/hien-vat/${code}`)}>
                    {code}
                  </a>
                  <span className="sub">{t(`goods.natures.${nature}`)}</span>
                </>
              ),
            },
            { key: 'units', head: t('goods.columns.units'), isNumber: true, cell: ({ units }) => formatCount(units, locale) },
            {
              key: 'name',
              head: t('goods.columns.name'),
              room: 'wide',
              cell: ({ name }) => name ?? <span className="quiet">{t('nameless')}</span>,
            },
            { key: 'campaign', head: t('goods.columns.campaign'), room: 'wide', cell: ({ campaign }) => campaign },
            {
              key: 'until',
              head: t('goods.columns.until'),
              cell: ({ expiresAt, isLate }) => (
                <>
                  {formatDay(dayOf(expiresAt))}
                  {isLate && <span className="sub">{t('goods.late')}</span>}
                </>
              ),
            },
          ]}
        />
      )}
    </>
  )
}
