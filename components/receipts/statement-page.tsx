import { FoldTable } from '@/components/ui/fold-table'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { YearStatement } from '@/lib/receipts/model'
import { formatDay } from '@/lib/time/day'
import { SheetHead, SheetRows } from './receipt-page'
import { givenText, notesOf, receiptNumber, statementRows } from './text'

interface Props {
  statement: YearStatement
  isSample: boolean
  /** Vietnamese path of the receipt of a number. */
  receiptPath: (number: bigint) => string
}

/** All that came with a code in a year, as it is printed. */
export function StatementSheet({ statement, isSample, receiptPath }: Props) {
  const { locale, year, lines } = statement
  const t = translator(locale, 'receipts')
  const isMoney = lines.some(({ given }) => given.kind === 'money')
  return (
    <article className="receipt" aria-labelledby="bang-ke">
      <SheetHead receipt={statement} number={null} />
      <h2 id="bang-ke">{t('statement.title', { year: String(year) })}</h2>
      {isSample && <p className="receipt-day">{t('sample')}</p>}
      <SheetRows rows={statementRows(statement)} />
      <FoldTable
        caption={t('statement.title', { year: String(year) })}
        rows={lines}
        rowKey={({ number }) => String(number)}
        columns={[
          {
            key: 'number',
            head: t('statement.number'),
            isRowHead: true,
            room: 'grow',
            cell: ({ number }) => <a href={localePath(locale, receiptPath(number))}>{receiptNumber(number)}</a>,
          },
          { key: 'day', head: t('statement.day'), cell: ({ day }) => <time dateTime={day}>{formatDay(day)}</time> },
          {
            key: 'what',
            head: t('statement.what'),
            isNumber: isMoney,
            cell: ({ given }) => (
              <>
                {givenText(given, locale)}
                {notesOf(given, locale).map((note) => (
                  <span key={note} className="sub">
                    {note}
                  </span>
                ))}
              </>
            ),
          },
        ]}
      />
      <p className="small quiet">{t('statement.only')}</p>
    </article>
  )
}
