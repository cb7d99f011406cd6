import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** A file's text; null where there is none. */
export function readDurable(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isError(error, 'ENOENT')) return null
    throw error
  }
}

/** Writes a file in the place of what was there: whole or not at all, and it does not come back before the disk has it. */
export const writeDurable = (path: string, text: string): void => write(path, text, renameSync)

/** Writes a file where none is; of two that do so at once the first stays, whoever reads it. */
export const writeOnce = (path: string, text: string): void => write(path, text, putOnce)

const isError = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

function putOnce(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!isError(error, 'EEXIST')) throw error
  }
  rmSync(from)
}

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
