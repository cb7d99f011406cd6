import { asc, eq } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logKeyEnds, logKeys } from '../../db/schema'
import { formatSigningKey, formatVerifierKey, parseSigningKey, parseVerifierKey, type SigningKey, type VerifierKey } from '../tlog/keys'
import type { LogKey } from './log-key'
import { LogRefused } from './refused'
import type { LogVault } from './vault'

/** What a log is called, and the keys it is or was signed with. */
export interface LogIdentity {
  /** First line of each checkpoint, and name of the keys. */
  origin: string
  /** The newest last: that one signs now. */
  keys: LogKey[]
}

/** The log's name and keys; null while it has none. */
export async function getLogIdentity(db: Database): Promise<LogIdentity | null> {
  const rows = await readKeys(db)
  const [first] = rows
  if (!first) return null
  return { origin: first.origin, keys: rows.map(({ verifierKey, lastSize }) => ({ ...verifierKeyOf(verifierKey), lastSize })) }
}

interface KeyRow {
  number: number
  origin: string
  verifierKey: string
  lastSize: number | null
}

/** All keys, the oldest first. */
async function readKeys(db: Database): Promise<KeyRow[]> {
  const rows = await db
    .select({ key: logKeys, lastSize: logKeyEnds.lastSize })
    .from(logKeys)
    .leftJoin(logKeyEnds, eq(logKeyEnds.number, logKeys.number))
    .orderBy(asc(logKeys.number))
  return rows.map(({ key, lastSize }) => ({ ...key, lastSize: lastSize === null ? null : Number(lastSize) }))
}

function verifierKeyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text)
  if (!key) throw new Error('a key of the log is malformed')
  return key
}

/**
 * The keys that sign checkpoints now: the log's newest key, and the one before it while it is still held. A log without keys
 * gets the first. A new key is taken where the one that it follows is held beside it: whoever has that one may say so. One
 * that was put away signs no more, though it is held again. Refuses where the newest key is not here.
 * @param origin what a new log is called
 * @param random gives bytes nobody can guess
 * @returns the keys, and the numbers of those that are no longer held and have no end yet (`endKeys`)
 */
export async function openKeys(
  db: Database,
  vault: LogVault,
  { origin, random, now }: { origin: string; random: (size: number) => Uint8Array; now: Date },
): Promise<{ origin: string; keys: SigningKey[]; lapsed: number[] }> {
  const held = readHeld(vault)
  const known = await readKeys(db)
  const last = known.at(-1)
  const newest = held[0] ?? (last ? null : makeFirst(vault, origin, random))
  if (!newest) throw new LogRefused('key_missing', 'the key that signs the log is not here: set LOG_KEY, or bring its file back')
  const name = last?.origin ?? origin
  const all = held.length > 0 ? held : [newest]
  if (all.some((key) => key.name !== name)) throw new LogRefused('key_unknown', `a key that signs the log must be named ${name}`)
  const text = formatVerifierKey(newest)
  if (last?.verifierKey !== text) {
    if (last && !all.some((key) => formatVerifierKey(key) === last.verifierKey)) {
      throw new LogRefused('key_unknown', 'the key here is not the one that signs the log, nor is that one beside it as the former')
    }
    const next = { number: last ? last.number + 1 : 0, origin: name, verifierKey: text, addedAt: now }
    const [added] = await db.insert(logKeys).values(next).onConflictDoNothing().returning({ number: logKeys.number })
    if (!added) throw new LogRefused('key_unknown', 'another process gave the log a key at the same moment, or this key was used before')
  }
  const isOf = (row: KeyRow) => (key: SigningKey) => formatVerifierKey(key) === row.verifierKey
  const ended = known.filter(({ lastSize }) => lastSize !== null)
  return {
    origin: name,
    keys: all.filter((key) => !ended.some((row) => isOf(row)(key))),
    lapsed: known.filter((row) => row.lastSize === null && !all.some(isOf(row))).map(({ number }) => number),
  }
}

/**
 * Says for ever that keys were put away, before the log is signed without them for the first time.
 * @param lastSize entries of the newest checkpoint that is published
 */
export async function endKeys(db: Database, numbers: readonly number[], { lastSize, now }: { lastSize: number; now: Date }): Promise<void> {
  if (numbers.length === 0) return
  const rows = numbers.map((number) => ({ number, lastSize: BigInt(lastSize), endedAt: now }))
  await db.insert(logKeyEnds).values(rows).onConflictDoNothing()
}

function readHeld(vault: LogVault): SigningKey[] {
  return vault.readKeys().map((text) => {
    const key = parseSigningKey(text)
    if (!key) throw new LogRefused('key_unknown', 'a key that signs the log is malformed')
    return key
  })
}

function makeFirst(vault: LogVault, origin: string, random: (size: number) => Uint8Array): SigningKey | null {
  vault.makeKey(formatSigningKey(origin, 'note', random(32)))
  return readHeld(vault)[0] ?? null
}
