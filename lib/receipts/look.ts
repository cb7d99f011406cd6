import type { Context } from '../context'
import type { Locale } from '../i18n/locale'
import { publishedRoot } from '../public-log/ancestor'
import { proveEntry, provePaper } from '../public-log/prove'
import { toHex } from '../tlog/bytes'
import { readAsked } from './asked'
import { checkOfCode, checkProof, GIFT_KINDS, type CheckedEntry, type Trust } from './check'
import { holdEntry, type AskRoot } from './held'
import { MOST_LOOKED_UP, type GivenView } from './model'
import { getGiven, listEntries } from './queries'

/** An entry that was looked up. */
export interface Shown {
  number: bigint
  entry: CheckedEntry
  /** What this site says of the gift beside its entry; `gone` where it stands under its code no more, null where it is no gift with a code. */
  beside: GivenView | 'gone' | null
}

/** What a typed code or number leads to. */
export type Looked =
  | {
      kind: 'entries'
      code: string | null
      shown: Shown[]
      /** Numbers that were asked for, and that the log has not. */
      missing: bigint[]
      hasMore: boolean
    }
  /** There is such a code, and no entry of it yet. */
  | { kind: 'waiting'; code: string }
  | { kind: 'unknown' }

/** Looks up the entries of a code, or those of one number or several, and checks their proofs. */
export async function lookUp(context: Context, trust: Trust, typed: string, locale: Locale): Promise<Looked> {
  const asked = readAsked(typed)
  const { code } = asked
  const numbers = asked.numbers ?? (await listEntries(context, asked.code, MOST_LOOKED_UP + 1, locale))
  if (numbers === null) return { kind: 'unknown' }
  const shown: Shown[] = []
  const missing: bigint[] = []
  for (const one of numbers.slice(0, MOST_LOOKED_UP)) {
    const proven = await proveEntry(context.db, one)
    if (!proven) {
      if (code === null) missing.push(one)
      continue
    }
    const entry = await holdEntry(checkOfCode(checkProof(proven.proof, trust), code), askPublished(context))
    shown.push({ number: one, entry, beside: await besideEntry(context, one, entry, locale) })
  }
  if (shown.length > 0) return { kind: 'entries', code, shown, missing, hasMore: numbers.length > shown.length + missing.length }
  return code === null ? { kind: 'unknown' } : { kind: 'waiting', code }
}

/** What a receipt made now would say of an entry: the log itself has no name, no title and no word for goods. */
async function besideEntry(context: Context, number: bigint, entry: CheckedEntry, locale: Locale): Promise<Shown['beside']> {
  if (!entry.ok || !GIFT_KINDS.includes(entry.facts.kind) || entry.facts.code === null) return null
  return (await getGiven(context, { code: entry.facts.code, number, isOwn: false }, locale)) ?? 'gone'
}

/** The entry that published a paper, checked; null where no paper has this hash. */
export async function lookUpPaper(context: Context, trust: Trust, sha256: string): Promise<CheckedEntry | null> {
  const proven = await provePaper(context.db, sha256)
  return proven && holdEntry(checkProof(proven.proof, trust), askPublished(context))
}

/** Asks this site's own database which checkpoints it published. */
export const askPublished =
  ({ db }: Pick<Context, 'db'>): AskRoot =>
  async (size) => {
    const root = await publishedRoot(db, size)
    return root === null ? 'none' : toHex(root)
  }
