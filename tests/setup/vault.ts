import type { LogVault } from '../../lib/public-log/vault'

/** What of a log is kept outside of its database, forgotten with the test. */
export function memoryVault(): LogVault {
  const keys: string[] = []
  let published: string | null = null
  let objections: string | null = null
  return {
    readKeys: () => [...keys],
    makeKey: (key) => void keys.push(key),
    readPublished: () => published,
    keepPublished: (note) => (published = note),
    readObjections: () => objections,
    keepObjections: (text) => (objections = text),
  }
}
