import { fromBase64, toBase64 } from './base64'
import { isDecimal, parseCheckpoint, type Checkpoint } from './checkpoint'
import { HASH_BYTES, leafHash } from './hash'
import type { VerifierKey } from './keys'
import { openNote, type NoteRefusal, type Verified } from './note'
import { isIncluded } from './proofs'

const HEADER = 'c2sp.org/tlog-proof@v1'
const MAX_HASHES = 63

/** A proof that can be checked without asking anybody (C2SP tlog-proof). */
export interface TlogProof {
  /** What an application gives along; nothing vouches for it. */
  extra: Uint8Array | null
  index: number
  /** Hashes from the entry's sibling up. */
  hashes: Uint8Array[]
  /** The checkpoint with its signatures, as it was published. */
  checkpoint: string
}

export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [HEADER, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64), '', checkpoint]
  return lines.join('\n')
}

/** Reads a proof; null where it is malformed. */
export function parseProof(text: string): TlogProof | null {
  const split = text.indexOf('\n\n')
  if (split < 0) return null
  const [header, ...lines] = text.slice(0, split).split('\n')
  if (header !== HEADER) return null
  const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() ?? '').slice('extra '.length)) : null
  const [, index = ''] = /^index (.+)$/.exec(lines.shift() ?? '') ?? []
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES)
  if (!isDecimal(index) || hashes.length !== lines.length || hashes.length > MAX_HASHES) return null
  return { extra, index: Number(index), hashes: hashes.filter((hash) => hash !== null), checkpoint: text.slice(split + 2) }
}

/** Why a proof proves nothing. */
export type ProofRefusal = NoteRefusal | 'other_log' | 'not_included'

/**
 * Checks that an entry is in the log that a checkpoint speaks of, and who signed it. How many witnesses are enough is the
 * caller's to say.
 * @param trusted the log's own keys, and those of witnesses
 * @param origin the log that is meant
 */
export function verifyProof(
  text: string,
  entry: Uint8Array,
  { origin, trusted }: { origin: string; trusted: readonly VerifierKey[] },
): { ok: true; index: number; checkpoint: Checkpoint; verified: Verified[] } | { ok: false; why: ProofRefusal } {
  const proof = parseProof(text)
  if (!proof) return { ok: false, why: 'malformed' }
  const opened = openNote(proof.checkpoint, trusted)
  if (!opened.ok) return opened
  const checkpoint = parseCheckpoint(opened.text)
  if (!checkpoint) return { ok: false, why: 'malformed' }
  if (checkpoint.origin !== origin) return { ok: false, why: 'other_log' }
  // Witnesses alone don't say that a checkpoint is the log's.
  if (!opened.verified.some(({ key }) => key.type === 'note')) return { ok: false, why: 'unsigned' }
  if (!isIncluded(proof.index, checkpoint.size, leafHash(entry), proof.hashes, checkpoint.root)) return { ok: false, why: 'not_included' }
  return { ok: true, index: proof.index, checkpoint, verified: opened.verified }
}
