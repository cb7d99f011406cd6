import { FoldTable, type Column } from '@/components/ui/fold-table'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { StatedLine, YearStatement } from '@/lib/receipts/model'
import { formatDay } from '@/lib/time/day'
import { SheetFoot, SheetHead, SheetRows } from './receipt-page'
import { givenText, isJoint, leadOf, lineFor, notesOf, qrOf, qrRest, receiptNumber, statementRows } from './text'

interface Props {
  statement: YearStatement
  /** The whole address where it is checked. */
  link: string
  isSample: boolean
  /** Vietnamese paths of what belongs to a line. */
  paths: { gift: (code: string) => string; receipt: (code: string, number: bigint) => string }
}

/** All that came in a year with a code, or with several of one giver, as it is printed. */
export function StatementSheet({ statement, link, isSample, paths }: Props) {
  const { locale, year, lines } = statement
  const t = translator(locale, 'receipts')
  const isMoney = lines.some(({ given }) => given.kind === 'money')
  const ofLine: Column<StatedLine>[] = [
    {
      key: 'code',
      head: t('rows.code'),
      fold: t('rows.code'),
      className: 'nw',
      cell: ({ code }) => <a href={localePath(locale, paths.gift(code))}>{code}</a>,
    },
    { key: 'for', head: t('rows.for'), room: 'wide', cell: (line) => lineFor(statement, line) },
  ]
  return (
    <article className="receipt" aria-labelledby="bang-ke">
      <SheetHead receipt={statement} number={null} />
      <h2 id="bang-ke">{t('statement.title', { year: String(year) })}</h2>
      <p className="receipt-day">{leadOf(statement)}</p>
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
            cell: ({ code, number }) => <a href={localePath(locale, paths.receipt(code, number))}>{receiptNumber(number)}</a>,
          },
          { key: 'day', head: t('statement.day'), className: 'nw', cell: ({ day }) => <time dateTime={day}>{formatDay(day)}</time> },
          ...(isJoint(statement) ? ofLine : []),
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
      <p className="small quiet">{t(isJoint(statement) ? 'statement.onlyJoint' : 'statement.only')}</p>
      <SheetFoot locale={locale} link={link} qr={qrOf(statement)} rest={qrRest(statement)} />
    </article>
  )
}
