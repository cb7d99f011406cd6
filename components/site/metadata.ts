import type { Metadata } from 'next'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Page {
  /** The site's own address, `context.origin`. */
  origin: string
  locale: Locale
  /** Vietnamese path of the page, canonical, with the parameters that make it another page. */
  path: string
  /** Without the site's name, which is added. Left out on the home page. */
  title?: string
  description: string
  /** False for a gift's page and for results of a search: not for search engines. */
  isIndexed?: boolean
}

/** Longest description that search engines show whole. */
const DESCRIPTION_LENGTH = 160

/** Title, description, canonical address and the same page in both languages. */
export function pageMetadata({ origin, locale, path, title, description, isIndexed = true }: Page): Metadata {
  const t = translator(locale, 'site')
  const address = (language: Locale) => `${origin}${localePath(language, path)}`
  const heading = title ?? `${t('name')}: ${t('line')}`
  const short = shorten(description)
  return {
    title: title ?? { absolute: heading },
    description: short,
    alternates: { canonical: address(locale), languages: { vi: address('vi'), en: address('en'), 'x-default': address('vi') } },
    openGraph: {
      type: 'website',
      siteName: t('name'),
      title: heading,
      description: short,
      url: address(locale),
      locale: locale === 'vi' ? 'vi_VN' : 'en_GB',
    },
    twitter: { card: 'summary' },
    ...(isIndexed ? {} : { robots: { index: false, follow: true } }),
  }
}

/** Cuts a text at a word. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= DESCRIPTION_LENGTH) return line
  const cut = line.slice(0, DESCRIPTION_LENGTH - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 80))}…`
}
