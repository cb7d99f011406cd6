import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { disclosures } from '../../db/schema'
import { fold } from '../i18n/fold'

/** Names fewer than this are found one by one and put in order; more are met on the way down the order. */
const FEW_NAMES = 5_000
const MOST_WORDS = 8

/** The words of a name that were typed, without marks; none where nothing was typed that could be one. */
export const wordsOf = (name: string): string[] => fold(name).split(' ').filter(Boolean).slice(0, MOST_WORDS)

/**
 * A name that may be shown and has the words, the last of them or its beginning, for a row that was come by in another
 * way: cheaper than the sign of the index.
 */
export const hasWords = (words: readonly string[]): SQL | undefined => {
  const spaced = sql`(' ' || ${disclosures.folded} || ' ')`
  return and(
    eq(disclosures.field, 'name'),
    eq(disclosures.review, 'shown'),
    // They are letters and digits alone.
    ...words.map((word, index) => sql`${spaced} like ${index === words.length - 1 ? `% ${word}%` : `% ${word} %`}`),
  )
}

/** How names that have the words are found: these few pledges, or whoever has them on the way down a list. */
export type Search = { kind: 'few'; pledgeIds: bigint[] } | { kind: 'many'; words: string[] }

/** Looks in the index of words for the pledges whose names have them. What very many have takes it long: see there first. */
export async function searchNames(db: Database, words: string[]): Promise<Search> {
  const query = sql`to_tsquery('simple', ${words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ')})`
  const rows = await db
    .select({ pledgeId: disclosures.pledgeId })
    .from(disclosures)
    .where(
      sql`${disclosures.field} = 'name' and ${disclosures.review} = 'shown' and to_tsvector('simple', ${disclosures.folded}) @@ ${query}`,
    )
    .limit(FEW_NAMES + 1)
  if (rows.length > FEW_NAMES) return { kind: 'many', words }
  return { kind: 'few', pledgeIds: rows.map(({ pledgeId }) => pledgeId) }
}
