import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * What of the log is kept outside of the database: the keys that sign, and the last checkpoint that was published. A restored
 * database is held against that.
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
  return {
    readKeys: () => (given.length > 0 ? [...given] : (read(keyFile) ?? '').split('\n').filter((line) => line !== '')),
    makeKey: (key) => write(keyFile, `${key}\n`, putOnce),
    readPublished: () => read(publishedFile),
    keepPublished: (note) => write(publishedFile, note, renameSync),
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isError(error, 'ENOENT')) return null
    throw error
  }
}

const isError = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

/** Puts a file where none is; of two that do so at once the first stays, whoever reads it. */
function putOnce(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!isError(error, 'EEXIST')) throw error
  }
  rmSync(from)
}

/** Writes a file whole or not at all, and does not come back before the disk has it. */
function write(path: string, text: string, put: (from: string, to: string) => void): void {
  const folder = resolve(dirname(path))
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}.new`
  onDisk(beside, 'w', (file) => writeSync(file, text))
  put(beside, path)
  onDisk(folder, 'r', () => undefined)
  // A new folder is lost with all that is in it where its own name did not reach the disk.
  if (made !== undefined) for (let at = folder; at.length >= made.length; at = dirname(at)) onDisk(dirname(at), 'r', () => undefined)
}

function onDisk(path: string, how: 'r' | 'w', work: (file: number) => void): void {
  const file = openSync(path, how, 0o600)
  try {
    work(file)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
