import { localePath, type Locale } from '../i18n/locale'
import { giftPath } from '../pledges/cookies'
import { CARD_NOTES, type CardNote, type OpenRefusal } from './model'

/** How the address of a gift's page says what it tells of the card (`?the=`). */
const WORDS: Record<CardNote, string> = {
  left: 'huy',
  asked: 'xong',
  unreachable: 'khong-mo',
  paused: 'tam-dung',
  no_cards: 'khong-nhan',
  no_key: 'khong-khoa',
}

/** The note that an address asks for; null for anything else. */
export const readCardNote = (word: string | string[] | undefined): CardNote | null =>
  CARD_NOTES.find((note) => WORDS[note] === word) ?? null

/** The page of a gift, with a note. */
export const notedGiftPath = (locale: Locale, code: string, note: CardNote): string =>
  `${localePath(locale, giftPath(code))}?the=${WORDS[note]}`

/**
 * Where a donor goes whose card page did not open: to the page of the gift, which says what happened, or to what is asked
 * first. Where the pledge is not open any more, its page says so by itself.
 */
export function refusedCardPath(locale: Locale, code: string, refusal: OpenRefusal): string {
  switch (refusal) {
    case 'not_found':
      return notedGiftPath(locale, code, 'no_key')
    case 'not_open':
      return localePath(locale, giftPath(code))
    case 'challenge':
    case 'too_early':
    case 'out_of_date':
    case 'too_many_waits':
      return `${localePath(locale, giftPath(code))}/the/xac-minh`
    case 'no_cards':
    case 'paused':
    case 'unreachable':
      return notedGiftPath(locale, code, refusal)
  }
}
