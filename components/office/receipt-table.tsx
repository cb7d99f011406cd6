import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { ReceiptRow } from '@/lib/office/model'
import { formatDay } from '@/lib/time/day'

export const RECEIPT_TAGS = {
  ...{ booked: 'sure', asked: 'maybe', reversed: 'none', waits: 'maybe' },
  ...{ cleared: 'sure', returned: 'none', recalled: 'maybe', called_back: 'none' },
} as const

/** Receipts of cash and cheques, one a row. */
export function ReceiptTable({ locale, fundSlug, rows }: { locale: Locale; fundSlug: string; rows: ReceiptRow[] }) {
  const t = translator(locale, 'office')
  if (rows.length === 0) return <p className="lead-line">{t('none')}</p>
  return (
    <FoldTable
      caption={t('title')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'number',
          head: t('columns.number'),
          isRowHead: true,
          room: 'grow',
          cell: ({ id, number, code }) => (
            <>
              <a href={localePath(locale, consolePath(fundSlug, `/tien-mat/phieu/${id}`))}>{number}</a>
              <span className="sub">{code}</span>
            </>
          ),
        },
        { key: 'amount', head: t('columns.amount'), isNumber: true, cell: ({ amountVnd }) => <b>{formatVnd(amountVnd, locale)}</b> },
        {
          key: 'giver',
          head: t('columns.giver'),
          room: 'wide',
          cell: ({ giver, cheque }) => (
            <>
              {giver ?? <span className="quiet">{t('nameless')}</span>}
              {cheque && <span className="sub">{t('chequeOf', cheque)}</span>}
            </>
          ),
        },
        { key: 'place', head: t('columns.place'), room: 'wide', cell: ({ campaign }) => campaign ?? t('generalPot') },
        { key: 'day', head: t('columns.day'), cell: ({ receivedOn }) => <time dateTime={receivedOn}>{formatDay(receivedOn)}</time> },
        {
          key: 'state',
          head: t('columns.state'),
          cell: ({ state }) => <span className={`tag ${RECEIPT_TAGS[state]}`}>{t(`states.${state}`)}</span>,
        },
      ]}
    />
  )
}
