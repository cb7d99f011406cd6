import type { Locale } from '@/lib/i18n/locale'

/** A commune's name inside a sentence: "xã Ba Vì" in Vietnamese, where the level is no part of the name. */
export const inSentence = (fullName: string, locale: Locale): string =>
  locale === 'vi' ? fullName.charAt(0).toLowerCase() + fullName.slice(1) : fullName
