import { join } from 'node:path'
import { openFolderVault, type LogVault } from '../../lib/public-log/vault'

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

/** What one of several machines keeps of a log in a folder: its own last checkpoint, and the key that all of them are given. */
export function machineVault(folder: string, machine: string): LogVault {
  const { readKeys, makeKey } = openFolderVault(folder, 'shared', [])
  return { ...openFolderVault(join(folder, machine), 'log', []), readKeys, makeKey }
}
