import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { asNamed, nameIn } from './digest'
import type { FileName, FileStore } from './model'

/**
 * A store in a folder, for one machine or for several that share it. A file is whole or not there: it is written
 * beside its place and then moved.
 * @param folder made when it is first needed
 */
export function openFolderStore(folder: string): FileStore {
  const placeOf = (name: FileName): string => {
    const [part = '', digest = ''] = nameIn(name).split('/')
    return path.join(folder, part, digest.slice(0, 2), digest)
  }
  return {
    async put(name, bytes) {
      const place = placeOf(name)
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
      const unfinished = `${place}.${randomBytes(6).toString('hex')}`
      const file = await open(unfinished, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        // Its row may be committed right after this.
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(unfinished, place)
    },
    async get(name) {
      try {
        return asNamed(name, await readFile(placeOf(name)))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    remove: (name) => rm(placeOf(name), { force: true }),
    async check() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const trial = path.join(folder, `.trial-${randomBytes(6).toString('hex')}`)
      await (await open(trial, 'wx', 0o600)).close()
      await rm(trial)
    },
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
