import type { Locale } from './locale'

/** The name of a unit inside a sentence: Vietnamese writes "Xã Ba Vì" small there, "xã Ba Vì". */
export const inSentence = (name: string, locale: Locale): string =>
  locale === 'vi' ? name.replace(/^(Xã|Phường|Thị trấn) /u, (word) => word.toLowerCase()) : name
