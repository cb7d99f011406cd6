import { join } from 'node:path'
import { readDurable, writeDurable, writeOnce } from '../durable'

/**
 * What of the log is kept outside of the database: the keys that sign, the last checkpoint that was published, and what
 * witnesses object to. A restored database is held against that.
 */
export interface LogVault {
  /** Texts of the keys that sign, the newest first. None where none was made yet. */
  readKeys: () => string[]
  /** Keeps a first key; does nothing where there is one. */
  makeKey: (key: string) => void
  /** The last checkpoint that was published, as it was signed; null where none was. */
  readPublished: () => string | null
  /** Keeps a checkpoint for good before anybody sees it. */
  keepPublished: (note: string) => void
  /** What witnesses have against the log, in JSON (objections.ts); null where none ever objected. */
  readObjections: () => string | null
  keepObjections: (text: string) => void
}

/**
 * Keeps them in files that only this process's user can read.
 * @param folder made when missing
 * @param uid of the installation: one folder may serve several
 * @param given keys from the settings, the newest first; none are kept in files then
 */
export function openFolderVault(folder: string, uid: string, given: readonly string[]): LogVault {
  const keyFile = join(folder, `${uid}.key`)
  const publishedFile = join(folder, `${uid}.checkpoint`)
  const objectionsFile = join(folder, `${uid}.objections`)
  return {
    readKeys: () => (given.length > 0 ? [...given] : (readDurable(keyFile) ?? '').split('\n').filter((line) => line !== '')),
    makeKey: (key) => writeOnce(keyFile, `${key}\n`),
    readPublished: () => readDurable(publishedFile),
    keepPublished: (note) => writeDurable(publishedFile, note),
    readObjections: () => readDurable(objectionsFile),
    keepObjections: (text) => writeDurable(objectionsFile, text),
  }
}
