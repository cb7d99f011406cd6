import { toHex } from '../tlog/bytes'
import { parseCheckpoint } from '../tlog/checkpoint'
import { parseNote } from '../tlog/note'
import type { Checked, CheckedEntry } from './check'

/*
 * A key that was put away may have been stolen, and whoever has it can sign another history of any size that it once spoke for.
 * All checkpoints that were published are kept, so what such a key signed is held against the one of its size.
 */

/** Asks for the root of a published checkpoint of a size, in hex: `none` where none was, `not_asked` where nobody answered. */
export type AskRoot = (size: number) => Promise<string>

/** Holds an entry that only a former key vouches for against what was published; others stay as they are. */
export async function holdEntry(entry: CheckedEntry, ask: AskRoot): Promise<CheckedEntry> {
  if (!entry.ok || entry.former === null) return entry
  const root = await ask(entry.size)
  if (root === 'not_asked') return entry
  return root === entry.root ? { ...entry, former: 'published' } : { ok: false, why: 'not_published', body: entry.body }
}

/** Likewise all entries of a file. Each size is asked for once. */
export async function holdChecked(checked: Checked, ask: AskRoot): Promise<Checked> {
  const asked = new Map<number, Promise<string>>()
  const once: AskRoot = (size) => {
    const answer = asked.get(size) ?? ask(size)
    asked.set(size, answer)
    return answer
  }
  if (checked.kind === 'file') return checked
  if (checked.kind === 'proof') return { ...checked, entry: await holdEntry(checked.entry, once) }
  return { ...checked, entries: await Promise.all(checked.entries.map((entry) => holdEntry(entry, once))) }
}

/** The root that a served checkpoint tells of, in hex; `none` where it is not of this log and size. */
export function rootIn(note: string, { origin, size }: { origin: string; size: number }): string {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
  return checkpoint?.origin === origin && checkpoint.size === size ? toHex(checkpoint.root) : 'none'
}
