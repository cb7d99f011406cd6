import { localePath, type Locale } from '@/lib/i18n/locale'

/** Where somebody signs in who then goes on to a page. @param path Vietnamese path of that page */
export const signInPath = (locale: Locale, path: string): string =>
  localePath(locale, `/quan-tri/dang-nhap?can=1&tiep=${encodeURIComponent(path)}`)

/** Where to go after signing in: a page of the console, whatever an address says. @param asked Vietnamese path */
export const goOnPath = (locale: Locale, asked: string | undefined): string =>
  localePath(
    locale,
    asked !== undefined && /^\/quan-tri(?:\/[\w./-]*(?:\?[\w=&%.-]*)?)?$/.test(asked) && !asked.includes('..') ? asked : '/quan-tri',
  )
