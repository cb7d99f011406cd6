import { FAMILY_NAMES, FOREIGN_NAMES, GIVEN_NAMES, HARMLESS_WORDS, PUBLIC_FIGURES } from './lexicon'

/** Whether a text a donor typed may be shown at once, or waits for staff. */
export type Review = 'shown' | 'waiting'

const lettersOnly = /^[\p{L}\p{M}'’-]+$/u
const words = (text: string): string[] => text.normalize('NFC').toLowerCase().split(/\s+/u).filter(Boolean)
const namesPublicFigure = (parts: string[]): boolean => PUBLIC_FIGURES.some((figure) => ` ${parts.join(' ')} `.includes(` ${figure} `))
const isNumeral = (word: string): boolean => /^(\d{1,2}[a-z]\d?|[ivx]{1,4}|\d{1,2})$/.test(word)

/** Surname first and given names after it, as in Vietnamese; or first names known in other languages. */
function isPersonName(parts: string[]): boolean {
  const [first = '', ...rest] = parts
  if (parts.length >= 2 && parts.length <= 6 && FAMILY_NAMES.has(first))
    return rest.every((word) => GIVEN_NAMES.has(word) || FAMILY_NAMES.has(word))
  return parts.length <= 3 && parts.every((word) => FOREIGN_NAMES.has(word))
}

/**
 * The one rule for a public name. Plainly a person's name, or harmless words with one ("gia đình bác Hạnh"),
 * is shown; anything else — links, numbers, slogans, and every organisation — waits for staff.
 */
export function reviewName(name: string, donorKind: 'person' | 'company'): Review {
  if (donorKind === 'company') return 'waiting'
  const parts = words(name.replace(/[,.&–—-]+/gu, ' '))
  if (parts.length === 0 || parts.length > 12 || !parts.every((word) => lettersOnly.test(word) || isNumeral(word))) return 'waiting'
  if (namesPublicFigure(parts)) return 'waiting'
  if (isPersonName(parts)) return 'shown'
  const harmless = parts.filter((word) => HARMLESS_WORDS.has(word)).length
  const known = parts.every((word) => HARMLESS_WORDS.has(word) || GIVEN_NAMES.has(word) || FAMILY_NAMES.has(word) || isNumeral(word))
  const digits = parts.filter((word) => /\d/.test(word)).length
  return known && harmless > 0 && digits <= 1 ? 'shown' : 'waiting'
}

/** The same rule for a message: every word harmless or a name, no numbers but one of two digits. */
export function reviewMessage(message: string): Review {
  const parts = words(message.replace(/[,.;:!?()"“”…–—-]+/gu, ' '))
  if (parts.length === 0 || namesPublicFigure(parts)) return 'waiting'
  const digits = parts.filter((word) => /\d/.test(word)).length
  const known = parts.every(
    (word) => HARMLESS_WORDS.has(word) || isNumeral(word) || (lettersOnly.test(word) && (GIVEN_NAMES.has(word) || FAMILY_NAMES.has(word))),
  )
  return known && digits <= 1 ? 'shown' : 'waiting'
}
