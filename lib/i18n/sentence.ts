import type { Locale } from './locale'

const NO_BREAK = '\u00a0'
const JOINED = '\u2060'
const NAME = '\\p{Lu}\\p{L}*(?: \\p{Lu}\\p{L}*)*'
const VIETNAMESE_PLACE = new RegExp(`(?<!\\p{L})(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện) ${NAME}`, 'gu')
const ENGLISH_PLACE = new RegExp(`(?<!\\p{L})${NAME}(?= (?:Commune|Ward|Township|District)(?!\\p{L}))`, 'gu')

/**
 * A text as it is to be laid out: the name of a place is not torn, in Vietnamese not from its kind either ("xã Ba Vì"),
 * nor are the years of a school year from each other. For what is read on a page, not for addresses or for search engines.
 */
export const together = (text: string): string =>
  text
    .replace(VIETNAMESE_PLACE, (place) => place.replaceAll(' ', NO_BREAK))
    .replace(ENGLISH_PLACE, (place) => place.replaceAll(' ', NO_BREAK))
    .replace(/(?<=\d{4})–(?=\d{4})/g, `${JOINED}–${JOINED}`)

/** The name of a unit inside a sentence, unbroken: Vietnamese writes "Xã Ba Vì" small there, "xã Ba Vì". */
export const inSentence = (name: string, locale: Locale): string =>
  together(locale === 'vi' ? name.replace(/^(Xã|Phường|Thị trấn) /u, (word) => word.toLowerCase()) : name)
