import type { ReactNode } from 'react'
import type { Column } from '@/components/ui/fold-table'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { NeedTotal } from '@/lib/needs/model'

/** What the log calls a sum of needs. */
type NeedSum = 'asked' | 'covered' | 'given' | 'missing'

/**
 * The columns of what is asked for, covered by others, received and still missing.
 * @param cell shows one of these sums of a row; `pick` takes it out of what the row's needs come to
 */
export function sumColumns<Row>(
  locale: Locale,
  cell: (row: Row, of: NeedSum, pick: (total: NeedTotal) => bigint) => ReactNode,
): Column<Row>[] {
  const t = translator(locale, 'needs')
  const column = (key: string, head: string, fold: string, of: NeedSum, pick: (total: NeedTotal) => bigint): Column<Row> => ({
    ...{ key, head, fold, isNumber: true },
    cell: (row) => cell(row, of, pick),
  })
  return [
    column('asked', t('page.asked'), t('page.foldAsked'), 'asked', ({ sums }) => sums.askedVnd),
    column('covered', t('page.covered'), t('page.foldCovered'), 'covered', ({ sums }) => sums.coveredVnd),
    column('received', t('page.received'), t('page.foldReceived'), 'given', ({ sums }) => sums.receivedVnd),
    column('missing', t('page.missing'), t('page.foldMissing'), 'missing', ({ sums }) => sums.missingVnd),
  ]
}
