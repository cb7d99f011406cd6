import { LoggedSum } from '@/components/ui/logged-sum'
import { needLevel, needSteps } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import type { CommuneShare, NeedTable } from '@/lib/needs/model'
import { HeatFrame } from './heat-frame'
import { Density } from './levels'

/** Communes × kinds of need. A cell is drawn as dense as what is missing, and says it in words to those who listen. */
export function HeatTable({ table, schoolYear, locale }: { table: NeedTable; schoolYear: number; locale: Locale }) {
  const t = translator(locale, 'needs')
  const categories = table.categories.filter(({ isPerChild, total }) => !isPerChild && total !== null)
  const sums = table.communes.flatMap(({ cells }) => Object.values(cells).map(({ total }) => total?.sums.missingVnd ?? 0n))
  const steps = needSteps(sums)
  return (
    <HeatFrame
      {...{ locale, categories, steps, className: 'sec' }}
      title={t('table', { year: together(`${schoolYear}–${schoolYear + 1}`) })}
      text={t('tableText')}
      caption={t('tableCaption')}
      head={t('commune')}
      rows={table.communes}
      rowKey={({ slug }) => slug}
      rowHead={({ slug, name }) => <a href={localePath(locale, `/xa/${slug}`)}>{name}</a>}
      cell={({ cells }, { key }) => <Cell share={cells[key]} category={key} steps={steps} locale={locale} />}
    />
  )
}

interface CellProps {
  share: CommuneShare | undefined
  category: string
  steps: readonly bigint[]
  locale: Locale
}

function Cell({ share, category, steps, locale }: CellProps) {
  const t = translator(locale, 'needs')
  if (!share) return <span className="vh">{t('cellNone')}</span>
  if (!share.total) {
    return (
      <>
        <span aria-hidden="true" className="few">
          ◇
        </span>
        <span className="vh">{t('few')}</span>
      </>
    )
  }
  const { missingVnd } = share.total.sums
  return (
    <>
      <Density level={needLevel(missingVnd, steps)} />
      <span className="vh">
        <LoggedSum of={`missing ${category} ${share.slug}`} vnd={missingVnd} locale={locale} />
      </span>
    </>
  )
}
