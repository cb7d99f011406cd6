import { DensityPatterns } from '@/components/weave/densities'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'

/** Names the patterns of this page; they stand once, in the legend. */
const PREFIX = 'thieu'

/** A cell of cloth as dense as what is missing; its number stands beside it in words. */
export function Density({ level }: { level: number }) {
  return (
    <svg className="density" aria-hidden="true">
      <rect width="100%" height="100%" fill={`url(#${PREFIX}-${level})`} />
    </svg>
  )
}

/** What the six weaves mean. */
export function DensityLegend({ steps, locale }: { steps: readonly bigint[]; locale: Locale }) {
  const t = translator(locale, 'needs')
  const sum = (vnd: bigint | undefined) => formatVnd(vnd ?? 0n, locale)
  const last = steps.length
  const words = [
    t('levels.met'),
    t('levels.below', { to: sum(steps[0]) }),
    ...steps.slice(1).map((to, index) => t('levels.between', { from: sum(steps[index]), to: sum(to) })),
    t('levels.above', { from: sum(steps[last - 1]) }),
  ]
  return (
    <>
      <svg className="defs" width="0" height="0" aria-hidden="true">
        <DensityPatterns prefix={PREFIX} />
      </svg>
      <ul className="swatches near2">
        {words.map((word, level) => (
          <li key={word}>
            <Density level={level} />
            {word}
          </li>
        ))}
      </ul>
    </>
  )
}
