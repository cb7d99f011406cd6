import type { ReactNode } from 'react'
import { band, HOUSE_SEED } from '@/components/weave/band'
import { BandStrip } from '@/components/weave/strip'
import type { Locale } from '@/lib/i18n/locale'
import { Header, type Place } from './header'
import { CONTENT_ID } from './skip-link'

interface Props {
  locale: Locale
  /** Vietnamese path of this page, with what its address needs to mean the same: the language switch leads there. */
  path: string
  here?: Place
  /** Band of a place at the head of its page, leaf thread where its cloth is complete; without it the site's own narrow one. */
  place?: { seed: string; complete?: boolean }
  children: ReactNode
}

/** What a public page stands in: its band, the head of the site, and the text. */
export function PageShell({ locale, path, here, place, children }: Props) {
  const cloth = place ? band(place.seed, { complete: place.complete ?? false }) : band(HOUSE_SEED, { size: 'narrow' })
  return (
    <>
      <header>
        <BandStrip band={cloth} id="dai-dau" />
        <Header locale={locale} path={path} here={here} />
      </header>
      <main id={CONTENT_ID} tabIndex={-1}>
        <div className="wrap">{children}</div>
      </main>
    </>
  )
}
