import type { Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'

/** A page on the way to another: its address in the page's language, and its name. */
export interface Step {
  href: string
  name: string
}

/** The way to a page, from the general to the particular; the page itself is left out. */
export function Crumbs({ locale, steps }: { locale: Locale; steps: readonly Step[] }) {
  return (
    <nav aria-label={translator(locale, 'site')('crumbs')}>
      <ol className="crumb">
        {steps.map(({ href, name }) => (
          <li key={href}>
            <a href={href}>{together(name)}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
