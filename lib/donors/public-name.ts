import { pick, type Locale } from '../i18n/locale'

/** What is known of a donor's name: the text they chose, and whether it may be shown. */
export interface NameDisclosure {
  isNamed: boolean
  text: string | null
  review: 'shown' | 'waiting' | 'refused' | null
}

/** How a donor is called in public: the chosen name once it may be shown, else "a kind donor". */
export function publicName(name: NameDisclosure, locale: Locale): string {
  return name.isNamed && name.review === 'shown' && name.text ? name.text : pick(locale, 'Một nhà hảo tâm', 'A kind donor')
}
