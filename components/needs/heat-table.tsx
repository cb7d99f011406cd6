import { Motif } from '@/components/weave/motif'
import { needLevel, needSteps } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { CommuneShare, NeedTable } from '@/lib/needs/model'
import { Density, DensityLegend } from './levels'

/** Communes × kinds of need. A cell is drawn as dense as what is missing, and says it in words to those who listen. */
export function HeatTable({ table, schoolYear, locale }: { table: NeedTable; schoolYear: number; locale: Locale }) {
  const t = translator(locale, 'needs')
  const categories = table.categories.filter(({ isPerChild, total }) => !isPerChild && total !== null)
  const sums = table.communes.flatMap(({ cells }) => Object.values(cells).map(({ total }) => total?.sums.missingVnd ?? 0n))
  const steps = needSteps(sums)
  return (
    <section className="sec" aria-labelledby="bang-nhiet">
      <h2 id="bang-nhiet">{t('table', { year: together(`${schoolYear}–${schoolYear + 1}`) })}</h2>
      <p className="quiet">{t('tableText')}</p>
      <DensityLegend steps={steps} locale={locale} />
      <table className="heat near2">
        <caption className="vh">{t('tableCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('commune')}</th>
            {categories.map(({ key, name }) => (
              <th key={key} scope="col" title={name}>
                <Motif category={key} />
                <span className="vh">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.communes.map(({ slug, name, cells }) => (
            <tr key={slug}>
              <th scope="row">
                <a href={localePath(locale, `/xa/${slug}`)}>{name}</a>
              </th>
              {categories.map(({ key }) => (
                <td key={key}>
                  <Cell share={cells[key]} steps={steps} locale={locale} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ share, steps, locale }: { share: CommuneShare | undefined; steps: readonly bigint[]; locale: Locale }) {
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
      <span className="vh">{formatVnd(missingVnd, locale)}</span>
    </>
  )
}
