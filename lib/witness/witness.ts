import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readDurable, writeDurable, writeOnce } from '../durable'
import { lockDataDirectory } from '../installation/data-lock'
import { findCosignature, parseAddCheckpoint } from '../tlog/add-checkpoint'
import { parseCheckpoint, type Checkpoint } from '../tlog/checkpoint'
import { EMPTY_ROOT, isSameHash } from '../tlog/hash'
import { formatSigningKey, parseSigningKey, type SigningKey, type VerifierKey } from '../tlog/keys'
import { cosign, formatNote, openNote, parseNote } from '../tlog/note'
import { isConsistent } from '../tlog/proofs'
import type { WitnessedLog } from './logs'

/** An answer of the witness protocol. */
export interface WitnessAnswer {
  status: 200 | 400 | 403 | 404 | 409 | 422
  type: 'text/plain; charset=utf-8' | 'text/x.tlog.size'
  body: string
}

/** Who cosigns other logs: each checkpoint of theirs that goes on from the last one it saw, and no other. */
export interface Witness {
  /** With which its cosignatures are checked. */
  verifierKey: VerifierKey
  /** Answers a log that asks for a cosignature (C2SP tlog-witness, add-checkpoint). */
  addCheckpoint: (body: string) => WitnessAnswer
  /** The last checkpoint that it cosigned of a log, by the SHA-256 of the log's name in hex; null where there is none. */
  latest: (originHash: string) => string | null
  /** Lets another process be this witness. */
  close: () => void
}

/** Longest request that is read: 63 hashes and 100 signatures are much less. */
export const MOST_WITNESS_BYTES = 64 * 1024

/** Asked again about what it cosigned last, it makes a new line after so long; before that it says what it said. */
const RENEW_SECONDS = 60n

const plain = (status: WitnessAnswer['status'], body: string): WitnessAnswer => ({ status, type: 'text/plain; charset=utf-8', body })

/**
 * Opens a witness: its key, and what it saw last of each log, in a folder of its own that one process at a time may hold. Kept
 * apart from any database, so that no backup that is put back makes it forget what it cosigned.
 * Throws SettingError where another process holds the folder.
 * @param given the text of its key; made once and kept in the folder when left out
 * @param logs that it cosigns
 */
export function openWitness({
  folder,
  name,
  given,
  logs,
  random,
  now,
}: {
  folder: string
  name: string
  given: string | null
  logs: readonly WitnessedLog[]
  random: (size: number) => Uint8Array
  now: () => Date
}): Witness {
  const close = lockDataDirectory(folder)
  const key = openKey(join(folder, 'key'), name, given, random)
  const fileOf = (originHash: string) => join(folder, `${originHash}.checkpoint`)
  const hashOf = (origin: string) => createHash('sha256').update(origin).digest('hex')
  return {
    verifierKey: key,
    latest: (originHash) => readDurable(fileOf(originHash)),
    // Nothing here waits for anything: of two requests one is answered whole before the other is looked at.
    addCheckpoint(body) {
      const asked = parseAddCheckpoint(body)
      const checkpoint = parseCheckpoint(parseNote(asked?.checkpoint ?? '')?.text ?? '')
      if (!asked || !checkpoint) return plain(400, 'The request is malformed.\n')
      const keys = logs.filter(({ origin }) => origin === checkpoint.origin).map(({ key: of }) => of)
      if (keys.length === 0) return plain(404, 'This witness does not cosign that log.\n')
      const opened = openNote(asked.checkpoint, keys)
      if (!opened.ok) return plain(403, 'The checkpoint is not signed by a key of that log, or wrongly.\n')
      if (asked.oldSize > checkpoint.size) return plain(400, 'The old size is larger than the checkpoint.\n')
      const file = fileOf(hashOf(checkpoint.origin))
      const kept = readDurable(file)
      const last = lastOf(kept, checkpoint.origin)
      if (asked.oldSize !== last.size) return { status: 409, type: 'text/x.tlog.size', body: `${last.size}\n` }
      if (!goesOn(last, checkpoint, asked.proof)) return plain(422, 'The checkpoint does not go on from the last one that was cosigned.\n')
      const said = kept === null ? null : saidIn(kept, key)
      const at = BigInt(Math.floor(now().getTime() / 1000))
      // Whoever has a checkpoint may send it again and again: it costs no disk.
      if (said?.text === opened.text && at < said.timestamp + RENEW_SECONDS) return plain(200, said.line)
      // A clock that was put back makes nothing look older than what came before it.
      const line = cosign(opened.text, key, said && said.timestamp > at ? said.timestamp : at)
      const theirs = linesOf(asked.checkpoint).filter((one) => openNote(formatNote(opened.text, [one]), keys).ok)
      writeDurable(file, formatNote(opened.text, [...theirs, line]))
      return plain(200, line)
    },
    close,
  }
}

/** Whether a log grew from one checkpoint to the other and changed nothing on the way. */
function goesOn(last: Checkpoint, next: Checkpoint, proof: readonly Uint8Array[]): boolean {
  if (next.size === 0 && !isSameHash(next.root, EMPTY_ROOT)) return false
  return isConsistent(last.size, next.size, proof, last.root, next.root)
}

/** What was cosigned last of a log: the empty log, where nothing was. */
function lastOf(note: string | null, origin: string): Checkpoint {
  if (note === null) return { origin, size: 0, root: EMPTY_ROOT }
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  if (checkpoint?.origin !== origin) throw new Error(`what the witness kept of ${origin} is malformed`)
  return checkpoint
}

/** What the witness said last of a log, as it kept it. */
function saidIn(note: string, key: VerifierKey) {
  const text = parseNote(note)?.text ?? ''
  const said = findCosignature(text, linesOf(note).join(''), key)
  return said && { text, ...said }
}

const linesOf = (note: string): string[] =>
  note
    .slice(note.lastIndexOf('\n\n') + 2, -1)
    .split('\n')
    .map((line) => `${line}\n`)

function openKey(file: string, name: string, given: string | null, random: (size: number) => Uint8Array): SigningKey {
  if (given === null && readDurable(file) === null) writeOnce(file, `${formatSigningKey(name, 'cosignature', random(32))}\n`)
  const key = parseSigningKey(given ?? (readDurable(file) ?? '').trim())
  if (key?.type !== 'cosignature') throw new Error('the key of the witness is malformed, or is no key of a witness')
  return key
}
