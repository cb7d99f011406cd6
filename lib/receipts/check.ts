import { commit } from '../events/commitment'
import { fromHex, toHex } from '../tlog/bytes'
import type { VerifierKey } from '../tlog/keys'
import { sha256 } from '../tlog/platform'
import { parseProof, verifyProof, type ProofRefusal } from '../tlog/tlog-proof'
import { latin1, readSeal } from './sealed'

/*
 * Checks what somebody holds, with nothing but the keys they trust. Runs on the server and, the very same, in the browser and
 * offline (public/js/check.js is made of it).
 */

/** Whose word counts: the log's name and its keys, the keys of witnesses who watch it, and the keys that seal papers. */
export interface Trust {
  origin: string
  logKeys: readonly VerifierKey[]
  witnessKeys: readonly VerifierKey[]
  sealKeys: readonly VerifierKey[]
}

/** What an entry of the log says, as far as it is read here; all of it is in `body`. */
export interface EntryFacts {
  kind: string
  day: string
  fund: string | null
  pot: string | null
  amountVnd: bigint | null
  units: bigint | null
  code: string | null
  via: string | null
  /** Number of the office's own receipt. */
  receipt: string | null
  nameCommitment: string | null
  /** Hash of the public paper that it tells of. */
  sha256: string | null
}

/** Why an entry is not proven: its proof proves nothing, or another entry than the one that is shown, or a paper has too many. */
export type CheckRefusal = ProofRefusal | 'other_entry' | 'too_many'

/** A witness whose key is known and who cosigned the proof's checkpoint: when, in seconds since 1970, as the witness says. */
export interface Witnessed {
  name: string
  timestamp: bigint
}

/** An entry that was proven, or why not. */
export type CheckedEntry =
  | { ok: true; index: number; size: number; witnesses: Witnessed[]; body: string; facts: EntryFacts }
  | { ok: false; why: CheckRefusal; body: string | null }

/** What a file turned out to be. */
export type Checked =
  /** A PDF of ours, or that claims to be: its seal, the entries it proves, and whether the name it opens is the log's. */
  | { kind: 'paper'; seal: ReturnType<typeof readSeal>; entries: CheckedEntry[]; name: { text: string; isRight: boolean } | null }
  | { kind: 'proof'; entry: CheckedEntry }
  /** Something else: perhaps a public paper, which the log knows by its hash. */
  | { kind: 'file'; sha256: string }

const PDF = '%PDF-'
const PROOF = 'c2sp.org/tlog-proof@v1\n'
const OPENING = '{"opens":'
/** A paper proves no more entries than this: the longest of ours, of a year, proves 366. */
const MOST_PROOFS = 400
/** Files in a paper of ours lie there as they are. */
const [BEGIN, END] = ['stream\n', '\nendstream']

/** Checks a file, whatever it is. */
export function checkFile(bytes: Uint8Array, trust: Trust): Checked {
  const head = latin1(bytes.subarray(0, PROOF.length))
  if (head === PROOF) return { kind: 'proof', entry: checkProof(decoded(bytes), trust) }
  if (!head.startsWith(PDF)) return { kind: 'file', sha256: toHex(sha256(bytes)) }
  const text = latin1(bytes)
  const { proofs, opening } = embeddedIn(text)
  const seal = readSeal(bytes, trust.sealKeys)
  // A public paper is no paper of ours; a receipt that lost its proofs and its seal is one all the same.
  if (proofs.length === 0 && opening === null && seal === 'missing' && !text.includes(trust.origin))
    return { kind: 'file', sha256: toHex(sha256(bytes)) }
  const entries: CheckedEntry[] =
    proofs.length > MOST_PROOFS ? [{ ok: false, why: 'too_many', body: null }] : proofs.map((proof) => checkProof(proof, trust))
  return { kind: 'paper', seal, entries, name: opening === null ? null : checkName(opening, entries) }
}

/** The files that lie in a paper of ours: proofs, no more than one above the most, and the first that opens a name. Reads each sign once. */
function embeddedIn(text: string): { proofs: string[]; opening: string | null } {
  const proofs: string[] = []
  let opening: string | null = null
  let at = text.indexOf(BEGIN)
  while (at >= 0 && proofs.length <= MOST_PROOFS) {
    const from = at + BEGIN.length
    const [isProof, isOpening] = [text.startsWith(PROOF, from), text.startsWith(OPENING, from)]
    let next = from
    if (isProof || isOpening) {
      const end = text.indexOf(END, from)
      if (end < 0) break
      const part = decoded(Uint8Array.from(text.slice(from, end), (sign) => sign.charCodeAt(0)))
      if (isProof) proofs.push(part)
      else opening ??= part
      next = end + END.length
    }
    at = text.indexOf(BEGIN, next)
  }
  return { proofs, opening }
}

/**
 * Checks a proof that has its entry as extra data. Cosignatures of witnesses whose keys are not known are passed over, as the
 * format says; a wrong one of a witness who is known spoils the proof. None is demanded: proofs were given out before there were
 * witnesses.
 */
export function checkProof(proof: string, { origin, logKeys, witnessKeys }: Trust): CheckedEntry {
  const entry = parseProof(proof)?.extra ?? null
  const body = entry && decoded(entry)
  if (!entry || body === null) return { ok: false, why: 'malformed', body: null }
  const verified = verifyProof(proof, entry, { origin, trusted: [...logKeys, ...witnessKeys] })
  const facts = factsOf(body)
  if (!verified.ok) return { ok: false, why: verified.why, body }
  if (!facts) return { ok: false, why: 'malformed', body }
  const witnesses = verified.verified.flatMap(({ key, timestamp }) => (timestamp === null ? [] : [{ name: key.name, timestamp }]))
  return { ok: true, index: verified.index, size: verified.checkpoint.size, witnesses, body, facts }
}

/**
 * Checks that a proof is of the entry that is shown: of its number, and of its bytes as they are read there.
 * @returns `other_entry` where it is right of another one
 */
export function checkShown(proof: string, shown: { index: number; body: string | null }, trust: Trust): CheckedEntry {
  const entry = checkProof(proof, trust)
  const isSame = !entry.ok || (entry.index === shown.index && entry.body === shown.body)
  return isSame ? entry : { ok: false, why: 'other_entry', body: entry.body }
}

/** Whether all of it is right: then, and only then, a paper is what it says. */
export const isRight = (checked: Checked): boolean =>
  checked.kind === 'proof'
    ? checked.entry.ok
    : checked.kind === 'paper' &&
      checked.seal === 'whole' &&
      checked.entries.length > 0 &&
      checked.entries.every(({ ok }) => ok) &&
      checked.name?.isRight !== false

function checkName(opening: string, entries: readonly CheckedEntry[]): { text: string; isRight: boolean } {
  const { salt, text } = strings(opening)
  if (salt === undefined || text === undefined || !/^[0-9a-f]{64}$/.test(salt)) return { text: text ?? '', isRight: false }
  const commitment = commit('name', fromHex(salt), text)
  return { text, isRight: entries.some((entry) => entry.ok && entry.facts.nameCommitment === commitment) }
}

function factsOf(body: string): EntryFacts | null {
  const leaf = record(body)
  if (!leaf || typeof leaf['kind'] !== 'string' || typeof leaf['day'] !== 'string') return null
  const facts = isRecord(leaf['facts']) ? leaf['facts'] : {}
  return {
    ...{ kind: leaf['kind'], day: leaf['day'], fund: textOf(leaf['fund']), pot: textOf(leaf['pot']) },
    ...{ amountVnd: countOf(leaf['amountVnd']), units: countOf(leaf['units']) },
    ...{ code: textOf(facts['code']), via: textOf(facts['via']), receipt: textOf(facts['receipt']) },
    ...{ nameCommitment: textOf(facts['nameCommitment']), sha256: textOf(facts['sha256']) },
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const countOf = (value: unknown): bigint | null => (typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : null)
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function record(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

/** The texts of a JSON object. */
const strings = (json: string): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(record(json) ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
