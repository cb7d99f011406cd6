import { fromBase64, toBase64 } from './base64'
import { isDecimal } from './checkpoint'
import { HASH_BYTES } from './hash'
import type { VerifierKey } from './keys'
import { formatNote, openNote } from './note'

const MAX_HASHES = 63

/** What a log asks a witness to cosign (C2SP tlog-witness, add-checkpoint). */
export interface AddCheckpoint {
  /** Entries of the last checkpoint that the witness cosigned, as far as the log knows; 0 where it has none. */
  oldSize: number
  /** Hashes that prove that the log grew from that one. */
  proof: Uint8Array[]
  /** The checkpoint with its signatures. */
  checkpoint: string
}

export const formatAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): string =>
  [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n')

/** Reads such a request; null where it is malformed. The checkpoint in it is not looked at. */
export function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const split = body.indexOf('\n\n')
  if (split < 0) return null
  const [first = '', ...lines] = body.slice(0, split).split('\n')
  const [, oldSize = ''] = /^old (.+)$/.exec(first) ?? []
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES)
  if (!isDecimal(oldSize) || proof.length !== lines.length || proof.length > MAX_HASHES) return null
  return { oldSize: Number(oldSize), proof: proof.filter((hash) => hash !== null), checkpoint: body.slice(split + 2) }
}

/** A witness's line under a checkpoint. */
export interface Cosignature {
  /** As it stands in the note, with its newline. */
  line: string
  /** When it was made, in seconds since 1970. */
  timestamp: bigint
}

/**
 * The cosignature of a witness among the lines that it answered with.
 * @param text of the checkpoint, without signatures
 * @returns null where there is none of that key, or it is wrong
 */
export function findCosignature(text: string, lines: string, key: VerifierKey): Cosignature | null {
  for (const one of lines.split('\n')) {
    const line = `${one}\n`
    const opened = openNote(formatNote(text, [line]), [key])
    const timestamp = opened.ok ? opened.verified[0]?.timestamp : null
    if (timestamp) return { line, timestamp }
  }
  return null
}
