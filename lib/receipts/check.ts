import { commit } from '../events/commitment'
import { fromHex, toHex } from '../tlog/bytes'
import { speaksFor, type LogKey } from '../public-log/log-key'
import type { VerifierKey } from '../tlog/keys'
import { sha256 } from '../tlog/platform'
import { parseProof, verifyProof, type ProofRefusal } from '../tlog/tlog-proof'
import type { Asked } from './asked'
import { readEntryFacts, readObject, type EntryFacts } from './entry-facts'
import { PAPER_MARK } from './model'
import { compareWithLog, PRINTED, type Difference } from './printed'
import { latin1, readSeal, SEAL_MARK } from './sealed'

/*
 * Checks what somebody holds, with nothing but the keys they trust. Runs on the server and, the very same, in the browser and
 * offline (public/js/check.js is made of it).
 */

/** Whose word counts: the log's name and its keys, the keys of witnesses who watch it, and the keys that seal papers. */
export interface Trust {
  origin: string
  logKeys: readonly LogKey[]
  witnessKeys: readonly VerifierKey[]
  sealKeys: readonly VerifierKey[]
}

/** Why an entry does not hold: its proof proves nothing, or another entry than is shown; a paper has too many, or it is no gift. */
export type CheckRefusal = ProofRefusal | 'other_entry' | 'other_code' | 'too_many' | 'no_gift' | 'key_ended' | 'not_published'

/** A witness whose key is known and who cosigned the proof's checkpoint: when, in seconds since 1970, as the witness says. */
export interface Witnessed {
  name: string
  timestamp: bigint
}

/** An entry that was proven, or why not. */
export type CheckedEntry =
  | {
      ok: true
      index: number
      size: number
      /** Of the checkpoint, in hex. */
      root: string
      /** Where only keys that were put away signed it: whether this is what was published then (./held). Else null. */
      former: 'not_asked' | 'published' | null
      witnesses: Witnessed[]
      body: string
      facts: EntryFacts
    }
  | { ok: false; why: CheckRefusal; body: string | null }

/** What a paper prints, against the log: the same, something else, or it does not say what (those from before papers did). */
export type Page = Difference | 'same' | 'unreadable' | 'untold'

/** The name that a paper opens; more than one where the codes of a statement have it in several writings. */
export interface OpenedName {
  text: string
  /** Each of what it opens is the name of an entry. */
  isRight: boolean
  /** Of how many entries. */
  count: number
}

/** What a file turned out to be. */
export type Checked =
  /** A PDF of ours, or that claims to be: its seal, the entries it proves, what it prints, and whether the name it opens is the log's. */
  | {
      kind: 'paper'
      seal: ReturnType<typeof readSeal>
      entries: CheckedEntry[]
      page: Page
      name: OpenedName | null
    }
  | { kind: 'proof'; entry: CheckedEntry }
  /** Something else: perhaps a public paper, which the log knows by its hash. */
  | { kind: 'file'; sha256: string }

const PDF = '%PDF-'
/** Readers of PDFs look for that among so many bytes (ISO 32000-1, annex H.3.4.1). */
const PDF_WITHIN = 1_024
const PROOF = 'c2sp.org/tlog-proof@v1\n'
const OPENING = '{"opens":'
/** Whatever has one of these was made here, or wants to look like it: also where proofs and seal were taken off. */
const MARKS = [PAPER_MARK, SEAL_MARK, '.tlog-proof']
/** What a receipt can be of. */
export const GIFT_KINDS = ['donation', 'goods_received']
/** A paper proves no more entries than this: the longest of ours, of a year, proves 366. */
const MOST_PROOFS = 400
/** Files in a paper of ours lie there as they are. */
const [BEGIN, END] = ['stream\n', '\nendstream']

/** Checks a file, whatever it is. */
export function checkFile(bytes: Uint8Array, trust: Trust): Checked {
  const proof = readAsProof(bytes)
  if (proof !== null) return { kind: 'proof', entry: checkProof(proof, trust) }
  if (!latin1(bytes.subarray(0, PDF_WITHIN)).includes(PDF)) return { kind: 'file', sha256: toHex(sha256(bytes)) }
  const text = latin1(bytes)
  const { proofs, openings, printed } = embeddedIn(text)
  const isOurs = proofs.length > 0 || openings.length > 0 || printed !== null || MARKS.some((mark) => text.includes(mark))
  if (!isOurs) return { kind: 'file', sha256: toHex(sha256(bytes)) }
  const entries: CheckedEntry[] =
    proofs.length > MOST_PROOFS ? [{ ok: false, why: 'too_many', body: null }] : proofs.map((one) => checkGift(one, trust))
  return {
    kind: 'paper',
    seal: readSeal(bytes, trust.sealKeys),
    entries,
    page:
      printed === null
        ? 'untold'
        : compareWithLog(
            printed,
            entries.filter((entry) => entry.ok),
          ),
    name: openings.length === 0 ? null : checkName(openings, entries),
  }
}

/** A proof as its text; null where a file is none. Mail and editors end lines in their own way, and put a mark in front. */
function readAsProof(bytes: Uint8Array): string | null {
  const isProof = (text: string) => text.trimStart().replaceAll('\r\n', '\n').startsWith(PROOF)
  if (!isProof(decoded(bytes.subarray(0, PDF_WITHIN)))) return null
  const text = decoded(bytes).trimStart().replaceAll('\r\n', '\n')
  let end = text.length
  while (text[end - 1] === '\n' && text[end - 2] === '\n') end -= 1
  return text.slice(0, end)
}

/** The files that lie in a paper of ours: proofs, and what opens a name, no more than one above the most; the first of what is printed. */
function embeddedIn(text: string): { proofs: string[]; openings: string[]; printed: string | null } {
  const [proofs, openings]: [string[], string[]] = [[], []]
  let printed: string | null = null
  let at = text.indexOf(BEGIN)
  while (at >= 0 && proofs.length <= MOST_PROOFS && openings.length <= MOST_PROOFS) {
    const from = at + BEGIN.length
    const isProof = text.startsWith(PROOF, from)
    const other = text.startsWith(OPENING, from) ? 'opening' : text.startsWith(PRINTED, from) ? 'printed' : null
    let next = from
    if (isProof || other !== null) {
      const end = text.indexOf(END, from)
      if (end < 0) break
      const part = decoded(Uint8Array.from(text.slice(from, end), (sign) => sign.charCodeAt(0)))
      if (isProof) proofs.push(part)
      else if (other === 'opening') openings.push(part)
      else printed ??= part
      next = end + END.length
    }
    at = text.indexOf(BEGIN, next)
  }
  return { proofs, openings, printed }
}

/** Checks a proof that a receipt carries: of a gift, and of nothing else that the log may say of as much money. */
function checkGift(proof: string, trust: Trust): CheckedEntry {
  const entry = checkProof(proof, trust)
  return !entry.ok || GIFT_KINDS.includes(entry.facts.kind) ? entry : { ok: false, why: 'no_gift', body: entry.body }
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
  const facts = readEntryFacts(body)
  if (!verified.ok) return { ok: false, why: verified.why, body }
  if (!facts) return { ok: false, why: 'malformed', body }
  const { index, checkpoint } = verified
  const signers = logKeys.filter((key) => verified.verified.some((one) => one.key === key) && speaksFor(key, checkpoint.size))
  if (signers.length === 0) return { ok: false, why: 'key_ended', body }
  const former = signers.every(({ lastSize }) => lastSize !== null) ? ('not_asked' as const) : null
  const witnesses = verified.verified.flatMap(({ key, timestamp }) => (timestamp === null ? [] : [{ name: key.name, timestamp }]))
  return { ok: true, index, size: checkpoint.size, root: toHex(checkpoint.root), former, witnesses, body, facts }
}

/**
 * Checks that a proof is of the entry that is shown, of its number and its bytes as they are read there, and that this is what
 * was asked for.
 * @param asked by whoever looks, in the address; null where they asked for nothing
 * @returns `other_entry`, `other_code` where it is right of another one
 */
export function checkShown(proof: string, shown: { index: number; body: string | null }, asked: Asked | null, trust: Trust): CheckedEntry {
  const entry = checkProof(proof, trust)
  if (!entry.ok) return entry
  const isShown = entry.index === shown.index && entry.body === shown.body
  const isAsked = asked === null || asked.numbers === null || asked.numbers.includes(BigInt(entry.index))
  return isShown && isAsked ? checkOfCode(entry, asked?.code ?? null) : { ok: false, why: 'other_entry', body: entry.body }
}

/** Holds an entry against the code that was asked for; null: a number was. */
export const checkOfCode = (entry: CheckedEntry, code: string | null): CheckedEntry =>
  !entry.ok || code === null || entry.facts.code === code ? entry : { ok: false, why: 'other_code', body: entry.body }

/**
 * Whether an entry is proven. What a former key alone vouches for must be what was published, or a witness must have seen it: none
 * that watches the log cosigns another history of it.
 */
export const isProven = (entry: CheckedEntry): boolean => entry.ok && (entry.former !== 'not_asked' || entry.witnesses.length > 0)

/** Whether all of it is right: then, and only then, a paper is what it says. */
export const isRight = (checked: Checked): boolean =>
  checked.kind === 'proof'
    ? isProven(checked.entry)
    : checked.kind === 'paper' &&
      checked.seal === 'whole' &&
      checked.entries.length > 0 &&
      checked.entries.every(isProven) &&
      checked.page === 'same' &&
      checked.name?.isRight !== false

function checkName(openings: readonly string[], entries: readonly CheckedEntry[]): OpenedName {
  const names = openings.map(strings)
  const opened = names.map(({ salt, text }) =>
    salt === undefined || text === undefined || !/^[0-9a-f]{64}$/.test(salt) ? null : commit('name', fromHex(salt), text),
  )
  const logged = entries.flatMap((entry) => (entry.ok && entry.facts.nameCommitment !== null ? [entry.facts.nameCommitment] : []))
  return {
    text: [...new Set(names.map(({ text }) => text ?? ''))].join(' · '),
    isRight: opened.every((commitment) => commitment !== null && logged.includes(commitment)),
    count: logged.filter((commitment) => opened.includes(commitment)).length,
  }
}

/** The texts of a JSON object. */
const strings = (json: string): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(readObject(json) ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
