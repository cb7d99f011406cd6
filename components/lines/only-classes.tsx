import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { LineClass } from '@/lib/public-lines/model'
import { linesPath, type LineQuery } from '@/lib/public-lines/schema'

/** What is asked for most by whoever checks; the form has all of them. */
const OFTEN: readonly LineClass[] = ['spend', 'refund', 'fee', 'unplaced']

/** Links to the lines of one class each, with whatever else is asked for. */
export function OnlyClasses({ locale, query }: { locale: Locale; query: LineQuery }) {
  const t = translator(locale, 'lines')
  const chosen = query.class
  const link = (is: LineClass | null, name: string) => (
    <a
      key={name}
      href={localePath(locale, linesPath({ ...query, class: is, after: null, cited: null }))}
      {...(is === chosen ? { 'aria-current': 'true' as const } : {})}
    >
      {name}
    </a>
  )
  return (
    <nav className="legend near3 no-print only-classes" aria-label={t('result.only')}>
      {link(null, t('result.allClasses'))}
      {(chosen === null || OFTEN.includes(chosen) ? OFTEN : [...OFTEN, chosen]).map((is) => link(is, t(`classes.${is}`)))}
    </nav>
  )
}
