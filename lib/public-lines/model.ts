/** Only moves what is told elsewhere: between own accounts, from the card company, from the cash box to the bank. */
const MOVES: ReadonlySet<string> = new Set(['own_transfer', 'payout', 'cash_banked'])
export const isMove = (is: string): boolean => MOVES.has(is)

/**
 * Numbers, below zero, by which lines are filtered in the same index as words: what kind of thing, and which. The number of
 * a thing has room below fifty millions.
 */
const KINDS = { fund: 1, account: 2, pot: 3, commune: 4, channel: 5, direction: 6 } as const
export const facet = (kind: keyof typeof KINDS, id: number): number => {
  if (id < 0 || id >= 50_000_000) throw new RangeError(`${kind} ${id} has no number among terms`)
  return -(KINDS[kind] * 50_000_000 + id)
}

/** Beginnings as short as this are listed as words of their own: too many words begin so. */
export const SHORT = 2
/** A longer word is found by its beginning. */
export const LONGEST_WORD = 40
/** Words of a message beyond these are not searched for. */
const MOST_WORDS = 120

/** How a beginning stands among the words. */
export const beginning = (letters: string): string => `${letters}*`

/** The words a line is found by, with their short beginnings, each once. @param texts folded: small, without marks */
export function listedWords(texts: readonly (string | null)[]): string[] {
  const words = texts
    .flatMap((text) => (text ?? '').split(' '))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD))
  const listed = new Set(words)
  for (const word of words)
    for (let letters = 1; letters <= SHORT && letters <= word.length; letters++) listed.add(beginning(word.slice(0, letters)))
  return [...listed]
}
