import type { Metadata } from 'next'
import { PageShell } from '@/components/site/page-shell'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** What a page that does not exist tells of itself. */
export function notFoundMetadata(locale: Locale): Metadata {
  const t = translator(locale, 'errors')
  return { title: t('notFound.title'), description: t('notFound.lead'), robots: { index: false, follow: true } }
}

const WAYS = [
  { key: 'campaigns', path: '/ung-ho' },
  { key: 'communes', path: '/xa' },
  { key: 'lookup', path: '/tra-cuu' },
  { key: 'home', path: '/' },
] as const

/**
 * The page for an address that leads nowhere; the route that shows it answers with 404.
 * @param path what was asked for, in Vietnamese: shown, and kept when the language is switched
 */
export function NotFound({ locale, path }: { locale: Locale; path: string }) {
  const t = translator(locale, 'errors')
  return (
    <PageShell locale={locale} path={path}>
      <div className="title">
        <h1>{t('notFound.title')}</h1>
        <p className="lead">{t('notFound.lead')}</p>
        <p className="small quiet near2 break-anywhere">{t('notFound.address', { path: localePath(locale, shown(path)) })}</p>
      </div>
      <section className="sec near" aria-labelledby="loi-di">
        <h2 className="head2" id="loi-di">
          {t('notFound.ways')}
        </h2>
        <ul className="facts">
          {WAYS.map((way) => (
            <li key={way.key}>
              <a href={localePath(locale, way.path)}>{t(`notFound.${way.key}`)}</a>
            </li>
          ))}
        </ul>
        <p className="small quiet near2">{t('notFound.old')}</p>
      </section>
    </PageShell>
  )
}

const LONGEST = 120

/** An address as it was typed, as far as it is readable. */
function shown(path: string): string {
  let text = path
  try {
    text = decodeURIComponent(path)
  } catch {
    // Not an encoded address: shown as it came.
  }
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
