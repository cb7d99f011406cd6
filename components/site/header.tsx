import { Mark } from '@/components/weave/motif'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

const PLACES = [
  { key: 'campaigns', path: '/chien-dich' },
  { key: 'communes', path: '/xa' },
  { key: 'needs', path: '/nhu-cau' },
  { key: 'lines', path: '/sao-ke' },
  { key: 'thanks', path: '/ghi-nhan' },
  { key: 'lookup', path: '/tra-cuu' },
] as const

/** Which part of the site a page belongs to. */
export type Place = (typeof PLACES)[number]['key']

/** Name, ways, and the same page in the other language. `path` is the Vietnamese path of this page. */
export function Header({ locale, path, here }: { locale: Locale; path: string; here?: Place | undefined }) {
  const t = translator(locale, 'site')
  const other = locale === 'vi' ? 'en' : 'vi'
  return (
    <div className="wrap top-row">
      <a className="brand" href={localePath(locale, '/')}>
        <Mark />
        {t('name')}
      </a>
      <nav className="nav" aria-label={t('nav.label')}>
        {PLACES.map((place) => (
          <a key={place.key} href={localePath(locale, place.path)} {...(place.key === here ? { 'aria-current': 'page' as const } : {})}>
            {t(`nav.${place.key}`)}
          </a>
        ))}
      </nav>
      <a className="tongue" href={localePath(other, path)} lang={other} hrefLang={other}>
        {t('otherLanguage')}
      </a>
    </div>
  )
}
