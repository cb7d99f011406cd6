/** Vietnamese stands at `/`, English under `/en`. */
export const LOCALES = ['vi', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export const isLocale = (value: string): value is Locale => value === 'vi' || value === 'en'

/**
 * The address of a page in a language.
 * @param path path in Vietnamese, beginning with '/', such as '/chien-dich'
 */
export const localePath = (locale: Locale, path: string): string => (locale === 'vi' ? path : path === '/' ? '/en' : `/en${path}`)

/** One of two texts by language. */
export const pick = (locale: Locale, vi: string, en: string): string => (locale === 'vi' ? vi : en)
