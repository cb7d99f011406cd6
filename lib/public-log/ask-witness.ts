import type { Database } from '../../db/client'
import { findCosignature, formatAddCheckpoint } from '../tlog/add-checkpoint'
import { isDecimal } from '../tlog/checkpoint'
import type { VerifierKey } from '../tlog/keys'
import { parseNote } from '../tlog/note'
import { lastCheckpoint } from './ancestor'
import { keepCosignature, lastCosigned } from './cosignatures'
import { proveConsistency } from './hashes'

/** A witness of this log, and where it takes requests: "https://witness.example", without a slash at the end. */
export interface WitnessAddress {
  key: VerifierKey
  url: string
}

/** How asking a witness ended. */
export type Asked =
  /** It cosigned the newest checkpoint. */
  | { kind: 'cosigned'; size: number }
  /** There is no checkpoint here, and nothing that signs the empty log, so that it was asked nothing. */
  | { kind: 'not_asked' }
  /** It saw a larger log of this name, or one with another beginning: somebody must see to it. */
  | { kind: 'ahead' | 'refused'; size: number }
  /** It answered with something else; nothing was kept. */
  | { kind: 'not_understood'; status: number }

const TIMEOUT_MS = 10_000
const MOST_BYTES = 64 * 1024

/**
 * Asks a witness to cosign the newest checkpoint, with the proof that it goes on from the last one that the witness cosigned,
 * and keeps its line (C2SP tlog-witness). What the witness saw last it says itself where this database does not know it.
 * Throws where it could not be reached.
 * @param isToBeSure asks also where it has cosigned the newest that is here: it may have seen more
 * @param emptyLog submitted where there is no checkpoint here: a witness that has seen any says so (409)
 */
export async function askWitness(
  db: Database,
  witness: WitnessAddress,
  {
    now,
    signal,
    isToBeSure = false,
    emptyLog = null,
  }: { now: () => Date; signal: AbortSignal; isToBeSure?: boolean; emptyLog?: string | null },
): Promise<Asked> {
  const { key, url } = witness
  const last = (await lastCheckpoint(db)) ?? (emptyLog === null ? null : { size: 0, note: emptyLog })
  const known = await lastCosigned(db, key)
  if (!last) return { kind: 'not_asked' }
  if (last.size === known && !isToBeSure) return { kind: 'cosigned', size: known }
  const { size, note } = last
  const ask = async (oldSize: number) => {
    const body = formatAddCheckpoint({ oldSize, proof: await proveConsistency(db, oldSize, size), checkpoint: note })
    const response = await fetch(`${url}/add-checkpoint`, {
      ...{ method: 'POST', body, redirect: 'error', headers: { 'Content-Type': 'text/plain; charset=utf-8' } },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    return { status: response.status, text: await readText(response) }
  }
  let answer = await ask(known)
  if (answer.status === 409) {
    const seen = answer.text.trim()
    if (!isDecimal(seen)) return { kind: 'not_understood', status: 409 }
    if (Number(seen) > size) {
      // Another process may have published more, and asked, since this one looked.
      const newest = (await lastCheckpoint(db))?.size ?? 0
      return newest < Number(seen) ? { kind: 'ahead', size: Number(seen) } : askWitness(db, witness, { now, signal })
    }
    answer = await ask(Number(seen))
  }
  // To the empty log nobody can object: every log goes on from it.
  if (answer.status === 422 && size > 0) return { kind: 'refused', size }
  const cosignature = answer.status === 200 ? findCosignature(parseNote(note)?.text ?? '', answer.text, key) : null
  if (!cosignature) return { kind: 'not_understood', status: answer.status }
  if (size > 0) await keepCosignature(db, key, size, cosignature, now())
  return { kind: 'cosigned', size }
}

/** The beginning of an answer: more than a witness has to say is not read. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
