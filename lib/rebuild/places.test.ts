import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { readEnv } from '../env'
import { lockDataDirectory } from '../installation/data-lock'
import { openPlaces, takeAwayLeftovers } from './places'

test('no copy stays where it can’t be opened, nor one of a run that was cut off; one that is in use does', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tung-dong-places-'))
  const temporary = join(home, 'tmp')
  const [left, used] = [join(temporary, 'tung-dong-rebuild-left'), join(temporary, 'tung-dong-rebuild-used')]
  for (const folder of [join(left, 'real'), used, join(home, 'database')]) mkdirSync(folder, { recursive: true })
  // Of a version that nothing here can open.
  writeFileSync(join(home, 'database', 'PG_VERSION'), '9')
  const unlock = lockDataDirectory(used)
  vi.stubEnv('TMPDIR', temporary)
  try {
    await expect(openPlaces(readEnv({ DATA_DIR: home }))).rejects.toThrow()
    expect(readdirSync(temporary)).toEqual(['tung-dong-rebuild-used'])
    mkdirSync(left)
    expect(await takeAwayLeftovers(readEnv({ DATA_DIR: home }))).toBe(true)
    expect(readdirSync(temporary)).toEqual(['tung-dong-rebuild-used'])
  } finally {
    vi.unstubAllEnvs()
    unlock()
    rmSync(home, { recursive: true, force: true })
  }
})
