import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { ReversalRow } from '@/lib/office/model'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  rows: ReversalRow[]
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  mayDecide: boolean
}

/** Receipts that somebody asks to take back, for another person to decide; nothing where there are none. */
export function ReversalTable({ locale, fundSlug, rows, names, me, mayDecide }: Props) {
  const t = translator(locale, 'office')
  if (rows.length === 0) return null
  const path = (within: string) => localePath(locale, consolePath(fundSlug, within))
  return (
    <section aria-labelledby="rut-lai">
      <h2 id="rut-lai">{t('reversals.title')}</h2>
      <form method="post" action={path('/tien-mat/viec')}>
        <FoldTable
          caption={t('reversals.title')}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'number',
              head: t('columns.number'),
              isRowHead: true,
              room: 'grow',
              cell: ({ receiptId, number }) => <a href={path(`/tien-mat/phieu/${receiptId}`)}>{number}</a>,
            },
            { key: 'amount', head: t('columns.amount'), isNumber: true, cell: ({ amountVnd }) => formatVnd(amountVnd, locale) },
            {
              key: 'reason',
              head: t('reversals.reason'),
              room: 'wide',
              cell: ({ reason, askedBy, askedAt }) => (
                <>
                  {t(`reasons.${reason}`)}
                  <span className="sub">{t('reversals.by', { name: names.get(askedBy) ?? askedBy, at: formatMoment(askedAt) })}</span>
                </>
              ),
            },
            {
              key: 'acts',
              head: <span className="vh">{translator(locale, 'console')('decide')}</span>,
              room: 'wide',
              cell: ({ id, number, askedBy }) =>
                mayDecide && askedBy !== me ? (
                  <span className="acts-row">
                    {(['approve', 'reject'] as const).map((verb) => (
                      <button key={verb} className="act act-2 act-row" name="viec" value={`${verb} ${id}`}>
                        {t(`reversals.${verb}`)}
                        <span className="vh"> {number}</span>
                      </button>
                    ))}
                  </span>
                ) : (
                  <span className="tag maybe">{t('reversals.waitsForOther')}</span>
                ),
            },
          ]}
        />
      </form>
    </section>
  )
}
