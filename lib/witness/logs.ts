import { parseVerifierKey, type VerifierKey } from '../tlog/keys'

/** A log that is cosigned: a key that signs it, and what its checkpoints call it. */
export interface WitnessedLog {
  key: VerifierKey
  origin: string
}

/**
 * Reads a log by its verifier key, "ninh-thuan.vn/log+1a2b3c4d+…", with the name after it where its key is named otherwise,
 * which C2SP tlog-checkpoint allows; null where it is malformed.
 */
export function readWitnessedLog(text: string): WitnessedLog | null {
  const [vkey = '', origin, ...more] = text.trim().split(/\s+/)
  const key = parseVerifierKey(vkey)
  return key?.type === 'note' && more.length === 0 ? { key, origin: origin ?? key.name } : null
}
