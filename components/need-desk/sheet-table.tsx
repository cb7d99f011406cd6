import { FoldTable } from '@/components/ui/fold-table'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { ImportRow } from '@/lib/needs/model'
import { rowProblem } from './texts'

const TAGS = { new: 'sure', same: 'none', changed: 'maybe', beside: 'maybe', wrong: 'maybe twin' } as const

/** A staged sheet, row by row: what is new, changed, and wrong. Wrong rows first. */
export function SheetTable({ locale, rows }: { locale: Locale; rows: ImportRow[] }) {
  const t = translator(locale, 'need-desk')
  const ordered = [...rows.filter(({ verdict }) => verdict === 'wrong'), ...rows.filter(({ verdict }) => verdict !== 'wrong')]
  return (
    <FoldTable
      caption={t('sheet.title')}
      rows={ordered}
      rowKey={({ row }) => String(row)}
      columns={[
        { key: 'row', head: t('sheet.row'), isNumber: true, fold: t('sheet.row'), cell: ({ row }) => row },
        {
          key: 'need',
          head: t('list.need'),
          isRowHead: true,
          room: 'wide',
          cell: ({ commune, categoryName }) => (
            <>
              {categoryName}, {commune}
            </>
          ),
        },
        {
          key: 'verdict',
          head: t('sheet.verdict'),
          room: 'wide',
          cell: ({ verdict, problems, was }) => (
            <>
              <span className={`tag ${TAGS[verdict]}`}>{t(`sheet.verdicts.${verdict}`)}</span>
              {problems.map((problem) => (
                <span key={`${problem.field}${problem.error}`} className="sub">
                  {rowProblem(locale, problem)}
                </span>
              ))}
              {(verdict === 'changed' || verdict === 'beside') && was && (
                <span className="sub">
                  {t('sheet.was', {
                    ...{ children: formatCount(was.children, locale), quantity: formatCount(was.quantity, locale) },
                    amount: formatVnd(was.amountVnd, locale),
                  })}
                </span>
              )}
            </>
          ),
        },
        {
          key: 'children',
          head: t('list.children'),
          isNumber: true,
          fold: t('list.children'),
          cell: ({ written }) => written.children ?? '',
        },
        {
          key: 'quantity',
          head: t('list.quantity'),
          isNumber: true,
          fold: t('list.quantity'),
          cell: ({ written }) => written.quantity ?? '',
        },
        {
          key: 'amount',
          head: t('list.amount'),
          isNumber: true,
          fold: t('list.amount'),
          cell: ({ written, becomes }) => (becomes ? formatVnd(becomes.amountVnd, locale) : (written.amount ?? '')),
        },
      ]}
    />
  )
}
