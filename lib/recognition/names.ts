import { sql, type SQL } from 'drizzle-orm'
import { disclosures } from '../../db/schema'
import { fold } from '../i18n/fold'

/** What of a name each typed word must begin; null where nothing was typed that could be. */
export const wordsOf = (name: string): SQL | null => {
  const words = fold(name).split(' ').filter(Boolean).slice(0, 8)
  return words.length === 0 ? null : sql`to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`
}

/** A name that may be shown and has the words. */
export const isFound = (words: SQL): SQL =>
  sql`${disclosures.field} = 'name' and ${disclosures.review} = 'shown' and to_tsvector('simple', ${disclosures.folded}) @@ ${words}`
