import type { Context } from '../context'
import type { Locale } from '../i18n/locale'
import { proveEntry, provePaper } from '../public-log/prove'
import { readAsked } from './asked'
import { checkOfCode, checkProof, type CheckedEntry, type Trust } from './check'
import { listEntries } from './queries'

/** A page shows no more entries of one code than this. */
const MOST_SHOWN = 12

/** What a typed code or number leads to. */
export type Looked =
  | { kind: 'entries'; code: string | null; shown: { number: bigint; entry: CheckedEntry }[]; hasMore: boolean }
  /** There is such a code, and no entry of it yet. */
  | { kind: 'waiting'; code: string }
  | { kind: 'unknown' }

/** Looks up the entries of a code, or the one of a number, and checks their proofs. */
export async function lookUp(context: Context, trust: Trust, typed: string, locale: Locale): Promise<Looked> {
  const { number, code } = readAsked(typed)
  const numbers = number === null ? await listEntries(context, code, MOST_SHOWN + 1, locale) : [number]
  if (numbers === null) return { kind: 'unknown' }
  const shown: { number: bigint; entry: CheckedEntry }[] = []
  for (const one of numbers.slice(0, MOST_SHOWN)) {
    const proven = await proveEntry(context.db, one)
    if (proven) shown.push({ number: one, entry: checkOfCode(checkProof(proven.proof, trust), code) })
  }
  if (shown.length > 0) return { kind: 'entries', code, shown, hasMore: numbers.length > shown.length }
  return code === null ? { kind: 'unknown' } : { kind: 'waiting', code }
}

/** The entry that published a paper, checked; null where no paper has this hash. */
export async function lookUpPaper(context: Context, trust: Trust, sha256: string): Promise<CheckedEntry | null> {
  const proven = await provePaper(context.db, sha256)
  return proven && checkProof(proven.proof, trust)
}
