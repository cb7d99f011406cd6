import { translator } from '@/lib/i18n/translator'
import type { Locale } from '@/lib/i18n/locale'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { LinesView, LineTotals } from '@/lib/public-lines/model'
import type { Citation } from '@/lib/public-lines/schema'

type Sums = Pick<LineTotals, 'lines' | 'inVnd' | 'outVnd'>

/** What a result was when its link was cited, as the link says it; and what is other since, as far as that can be told. */
export function Cited({ locale, cited: { size, sums }, found: { totals, since } }: { locale: Locale; cited: Citation; found: LinesView }) {
  const t = translator(locale, 'lines')
  const told = (key: 'citedSums' | 'since' | 'restOther', { lines, inVnd, outVnd }: Sums) =>
    t(`result.${key}`, { lines: t('result.lines', { count: lines }), in: formatVnd(inVnd, locale), out: formatVnd(outVnd, locale) })
  const rest = since && 'lines' in totals ? lessBy(totals, since) : null
  const parts = [
    `${t('result.cited', { size: formatCount(size, locale) })} ${sums ? told('citedSums', sums) : t('result.citedNoSums')}`,
    !since ? t('result.sinceMany') : since.lines === 0 ? t('result.sinceNone') : told('since', since),
    sums && rest && (isSame(sums, rest) ? t('result.restSame') : told('restOther', rest)),
  ]
  return (
    <ul className="small near3">
      {parts.filter(Boolean).map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  )
}

const lessBy = (all: Sums, some: Sums): Sums => ({
  lines: all.lines - some.lines,
  inVnd: all.inVnd - some.inVnd,
  outVnd: all.outVnd - some.outVnd,
})

const isSame = (one: Sums, other: Sums): boolean => one.lines === other.lines && one.inVnd === other.inVnd && one.outVnd === other.outVnd
