import type { Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'

/** The way to a page, from the general to the particular; the page itself is left out. */
export function Crumbs({ locale, steps }: { locale: Locale; steps: { href: string; name: string }[] }) {
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
