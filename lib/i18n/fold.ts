/** Đ is a letter of its own: it has no mark that could be taken off. */
const OWN_LETTERS: Record<string, string> = { đ: 'd', Đ: 'd' }
/** Marks of Vietnamese letters: grave, acute, hook, tilde, dot below, breve, circumflex, horn. */
const MARKS = /[\u0300\u0301\u0309\u0303\u0323\u0306\u0302\u031b]/g
const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/gi

/**
 * What is typed to search for a text, as texts are kept for searching (`db/schema/folded.ts`): small letters without
 * marks, words apart by one space.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .replace(VIETNAMESE, (letter) => letter.normalize('NFD').replace(MARKS, ''))
    .replace(/[đĐ]/g, (letter) => OWN_LETTERS[letter] ?? letter)
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
