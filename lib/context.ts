import type { Database, DatabaseHandle } from '../db/client'
import type { FileStore } from './files/model'
import type { MailSender } from './mail/model'
import type { ReadWorkbook } from './sheets/model'
import type { WitnessAddress } from './public-log/ask-witness'
import type { LogVault } from './public-log/vault'
import type { Witness } from './witness/witness'

/** What this database is, for ever. */
export interface Installation {
  uid: string
  kind: 'sample' | 'real'
  seed: string | null
  /** The day the sample year ends with; null in a real database. */
  anchorDay: string | null
}

/** What every query and command is given: the database, the clock and the source of chance. */
export interface Context {
  db: Database
  now: () => Date
  /** Bytes nobody can guess; a seeded stream only while sample data is made. */
  random: (size: number) => Uint8Array
  installation: Installation
}

/** An aggregator's API: "https://oauth.casso.vn/v2", without a slash at the end, and the key to it. */
export interface ApiAccess {
  url: string
  key: string
}

/** A fund's account at Stripe. A fund without one takes no cards. */
export interface CardAccount {
  fundSlug: string
  secretKey: string
  /** Signs what Stripe tells by webhook. */
  webhookSecret: string
  /** Where Stripe's API is: "https://api.stripe.com". */
  apiUrl: string
}

/** How gifts by card are taken. */
export interface CardSettings {
  /** By slug of the fund; a fund that is not in it takes no cards. */
  accounts: ReadonlyMap<string, CardAccount>
}

/** How staff sign in. */
export interface StaffSettings {
  /** Seals the browsers' tokens and what second factors are made of. */
  secret: string
  /** How long a session may be idle. */
  idleSeconds: number
}

/** What commands that store files are given besides. */
export interface FileContext extends Context {
  files: FileStore
}

/** What the running server adds to it. */
export interface ServerContext extends FileContext {
  handle: DatabaseHandle
  /** "https://tungdong.vn": the site's own address, from settings and never from a request. */
  origin: string
  /** Where this process listens, for calls to itself: "http://127.0.0.1:3000". */
  selfOrigin: string
  version: string
  /** How long ago this process read which public state there is: its pages may be as old. */
  stateAgeMs: () => number
  /** Keys of the aggregators' webhooks; null where that way is not used. */
  sepay: { apiKey: string | null; webhookSecret: string | null }
  casso: { secureToken: string | null; checksumKey: string | null }
  payos: { checksumKey: string | null; formerChecksumKey?: string | null }
  cards: CardSettings
  staff: StaffSettings
  /** How workbooks are opened: in a thread of their own. */
  readWorkbook: ReadWorkbook
  /** How e-mails are sent. */
  mail: MailSender
  /** What a new public log is called, "tungdong.vn/log", what of it is kept outside of the database, and who cosigns it. */
  publicLog: { origin: string; vault: LogVault; witnesses: readonly WitnessAddress[] }
  /** Who cosigns the logs of others; null where this process does not. */
  witness: Witness | null
  /** Where lists of bank lines are, for what the webhooks missed; null where that is not used. */
  bankApis: { sepay: ApiAccess | null; casso: ApiAccess | null }
}

declare global {
  // The server and the pages it renders are built apart and meet here.
  var tungDongContext: ServerContext | undefined
}

/** Called once by the server, before the first request. */
export function setServerContext(context: ServerContext): void {
  globalThis.tungDongContext = context
}

/** The running server's context. Pages and routes begin with it. */
export function serverContext(): ServerContext {
  const context = globalThis.tungDongContext
  if (!context) throw new Error('no server context: pages are served by scripts/serve.ts')
  return context
}
