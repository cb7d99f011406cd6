import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FileContext } from '../../lib/context'
import { openFolderStore } from '../../lib/files/folder-store'
import type { TestContext } from './context'

/** A folder for the files of one test file; remove it in `afterAll`. */
export interface TestFolder {
  path: string
  remove: () => void
}

export function testFolder(): TestFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'tung-dong-files-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A context that stores files in a folder. */
export const withFiles = (context: TestContext, { path: folder }: TestFolder): TestContext & FileContext => ({
  ...context,
  files: openFolderStore(folder),
})
