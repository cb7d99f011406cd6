import type { ReactNode } from 'react'
import { CONTENT_ID } from '@/components/site/skip-link'
import { Mark } from '@/components/weave/motif'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  /** Vietnamese path of this page, with what its address needs to mean the same. */
  path: string
  title: ReactNode
  problem?: ReactNode
  children: ReactNode
}

/** A page of the console before one is in a fund: signing in, one's own account. */
export function PlainConsole({ locale, path, title, problem, children }: Props) {
  const t = translator(locale, 'console')
  const other = locale === 'vi' ? 'en' : 'vi'
  return (
    <>
      <header className="desk-head">
        <div className="wrap top-row">
          <a className="brand" href={localePath(locale, '/quan-tri')}>
            <Mark />
            {t('name')}
          </a>
          <a className="tongue" href={localePath(other, path)} lang={other} hrefLang={other}>
            {translator(locale, 'site')('otherLanguage')}
          </a>
        </div>
      </header>
      <main id={CONTENT_ID} tabIndex={-1} className="wrap narrow">
        <h1>{title}</h1>
        {problem && (
          <p className="refused" role="alert">
            {problem}
          </p>
        )}
        {children}
      </main>
    </>
  )
}
