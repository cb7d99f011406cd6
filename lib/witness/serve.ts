import { formatVerifierKey } from '../tlog/keys'
import type { Witness } from './witness'

/**
 * What a witness shows: "vkey", and "<SHA-256 of a log's name>/checkpoint", the last one that it cosigned of that log (C2SP
 * tlog-witness, monitoring).
 * @returns null where there is none
 */
export function findWitnessFile(witness: Witness | null, path: string): { bytes: Uint8Array; isText: true } | null {
  const [, originHash] = /^([0-9a-f]{64})\/checkpoint$/.exec(path) ?? []
  const text = path === 'vkey' ? witness && `${formatVerifierKey(witness.verifierKey)}\n` : originHash && witness?.latest(originHash)
  return text ? { bytes: Buffer.from(text), isText: true } : null
}
