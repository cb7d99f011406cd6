import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  page: number
  pages: number
  /** Address of a page of the list. */
  href: (page: number) => string
}

/** Back, where one stands, and on. Nothing where there is one page only. */
export function Pager({ locale, page, pages, href }: Props) {
  if (pages <= 1) return null
  const t = translator(locale, 'site')
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          {t('pager.previous')}
        </a>
      )}
      <span>{t('pager.position', { page, pages })}</span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          {t('pager.next')}
        </a>
      )}
    </nav>
  )
}
