import { setServerContext, type Context, type ServerContext } from '../../lib/context'
import { openFolderStore } from '../../lib/files/folder-store'
import type { TestDatabase } from './database'
import { memoryVault } from './vault'

/** What the pages and routes of a running server find, with no key of anybody unless given. */
export const serverContextOf = (
  context: Context,
  { handle }: Pick<TestDatabase, 'handle'>,
  given: Partial<ServerContext> = {},
): ServerContext => ({
  ...context,
  handle,
  files: openFolderStore('.test/files'),
  origin: 'https://example.org',
  selfOrigin: 'http://127.0.0.1:1',
  version: 'test',
  stateAgeMs: () => 0,
  sepay: { apiKey: null, webhookSecret: null },
  casso: { secureToken: null, checksumKey: null },
  payos: { checksumKey: null },
  cards: { accounts: new Map() },
  staff: { secret: 'a secret of 32 characters or more', idleSeconds: 1_800 },
  readWorkbook: () => Promise.reject(new Error('nothing opens workbooks here')),
  mail: { send: () => Promise.resolve(), list: () => Promise.resolve([]) },
  bankApis: { sepay: null, casso: null },
  publicLog: { origin: 'example.org/log', vault: memoryVault(), witnesses: [] },
  witness: null,
  ...given,
})

/** Lets routes be called as a running server would call them. */
export const serve = (context: Context, database: TestDatabase, given: Partial<ServerContext> = {}): void =>
  setServerContext(serverContextOf(context, database, given))
