import { HeatFrame } from '@/components/needs/heat-frame'
import { Density } from '@/components/needs/levels'
import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { needLevel, needSteps } from '@/lib/communes/model'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { MatrixCell, MatrixSums, NeedMatrix } from '@/lib/needs/model'

interface Props {
  locale: Locale
  fundSlug: string
  matrix: NeedMatrix
}

/** Communes and categories as heat: as dense as what is uncovered. Each cell leads to its need. */
export function MatrixHeat({ locale, fundSlug, matrix }: Props) {
  const t = translator(locale, 'need-desk')
  const used = matrix.categories.filter(({ sum }) => sum.reportedVnd > 0n)
  const communes = matrix.communes.filter(({ sum }) => sum.reportedVnd > 0n)
  const steps = needSteps(communes.flatMap(({ cells }) => Object.values(cells).map(({ uncoveredVnd }) => uncoveredVnd)))
  if (communes.length === 0) return <p>{t('matrix.none')}</p>
  return (
    <HeatFrame
      {...{ locale, steps, categories: used, rows: communes }}
      title={t('matrix.title')}
      text={t('matrix.legend')}
      caption={t('matrix.title')}
      head={t('matrix.commune')}
      rowKey={({ unitId }) => unitId}
      rowHead={({ name }) => name}
      cell={({ name, cells }, category) => (
        <HeatCell {...{ locale, fundSlug, steps }} cell={cells[category.key]} where={{ commune: name, category: category.name }} />
      )}
    />
  )
}

interface CellProps {
  locale: Locale
  fundSlug: string
  cell: MatrixCell | undefined
  steps: readonly bigint[]
  where: { commune: string; category: string }
}

function HeatCell({ locale, fundSlug, cell, steps, where }: CellProps) {
  if (!cell) return null
  const t = translator(locale, 'need-desk')
  const said = t('matrix.cell', {
    ...{ ...where, reported: formatVnd(cell.reportedVnd, locale), covered: formatVnd(cell.coveredVnd, locale) },
    ...{ inCampaign: formatVnd(cell.inCampaignVnd, locale), uncovered: formatVnd(cell.uncoveredVnd, locale) },
  })
  const waits = cell.waiting > 0 ? `, ${t('matrix.waiting', { count: cell.waiting })}` : ''
  return (
    <a
      href={localePath(locale, consolePath(fundSlug, `/nhu-cau/${cell.needId}`))}
      title={`${said}${waits}`}
      className={cell.waiting > 0 ? 'waits' : undefined}
    >
      <Density level={needLevel(cell.uncoveredVnd, steps)} />
      <span className="vh">
        {said}
        {waits}
      </span>
    </a>
  )
}

/** The same as a table: what is reported, covered, asked for and left, by commune or by category. */
export function MatrixTable({
  locale,
  head,
  rows,
  sum,
}: {
  locale: Locale
  head: string
  rows: { key: string; name: string; sum: MatrixSums }[]
  sum: MatrixSums
}) {
  const t = translator(locale, 'need-desk')
  const columns = [
    { key: 'reported', of: ({ reportedVnd }: MatrixSums) => reportedVnd },
    { key: 'covered', of: ({ coveredVnd }: MatrixSums) => coveredVnd },
    { key: 'inCampaign', of: ({ inCampaignVnd }: MatrixSums) => inCampaignVnd },
    { key: 'uncovered', of: ({ uncoveredVnd }: MatrixSums) => uncoveredVnd },
  ] as const
  const shown = rows.filter((row) => row.sum.reportedVnd > 0n)
  if (shown.length === 0) return null
  return (
    <FoldTable
      caption={head}
      rows={shown}
      rowKey={({ key }) => key}
      columns={[
        { key: 'name', head, isRowHead: true, room: 'wide' as const, cell: ({ name }) => name },
        ...columns.map(({ key, of }) => ({
          ...{ key, head: t(`matrix.${key}`), isNumber: true, fold: t(`matrix.${key}`) },
          cell: (row: { sum: MatrixSums }) => <Money vnd={of(row.sum)} locale={locale} />,
        })),
      ]}
      total={{
        name: t('matrix.sum'),
        ...Object.fromEntries(columns.map(({ key, of }) => [key, <Money key={key} vnd={of(sum)} locale={locale} />])),
      }}
    />
  )
}
