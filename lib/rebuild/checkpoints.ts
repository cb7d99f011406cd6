import { asc, gt } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { logCheckpoints } from '../../db/schema'
import { appendLeaves } from '../public-log/append'
import { hashesOfRanges, logSize } from '../public-log/hashes'
import { getLogIdentity, type LogIdentity } from '../public-log/keys'
import type { LogVault } from '../public-log/vault'
import { formatCheckpoint } from '../tlog/checkpoint'
import { parseSigningKey, type SigningKey } from '../tlog/keys'
import { formatNote, openNote, parseNote, signNote } from '../tlog/note'

const AT_ONCE = 500
/** Leaves between two words on how far it is. */
const MOST = 10_000

/** Appends as many leaves as a log has to another, of the events that have their places there. */
export async function logAgain(real: Database, side: Database, onProgress: (done: number, of: number) => void): Promise<void> {
  const of = await logSize(real)
  for (let done = 0; done < of;) {
    const { size } = await appendLeaves(side, { most: Math.min(of - done, MOST) })
    if (size === done) return
    done = size
    onProgress(done, of)
  }
}

/**
 * Makes each checkpoint again of the leaves that are here, at the sizes that were published. Keys that are held sign it
 * anew, to the same bytes; of one that was put away, the signature stands where it is right for what is made here.
 */
export async function checkpointsAgain(
  real: Database,
  side: Database,
  vault: Pick<LogVault, 'readKeys'>,
  onProgress: (done: number) => void,
): Promise<void> {
  const identity = await getLogIdentity(side)
  if (!identity) return
  const held = vault.readKeys().flatMap((text) => parseSigningKey(text) ?? [])
  const size = await logSize(side)
  for (let after = 0n, done = 0; ;) {
    const stored = await real
      .select()
      .from(logCheckpoints)
      .where(gt(logCheckpoints.size, after))
      .orderBy(asc(logCheckpoints.size))
      .limit(AT_ONCE)
    const last = stored.at(-1)
    if (!last) return
    const within = stored.filter((one) => Number(one.size) <= size)
    // Where gifts come one by one there are nearly as many checkpoints as gifts: what they share is read once, and all are written at once.
    const roots = await hashesOfRanges(
      side,
      within.map((one) => ({ from: 0, to: Number(one.size) })),
    )
    const made = within.flatMap(({ size: of, note, publishedAt }, index) => {
      const root = roots[index]
      if (!root) return []
      const text = formatCheckpoint({ origin: identity.origin, size: Number(of), root })
      const lines = signatureLines(note).flatMap((line) => lineAgain(text, line, held, identity))
      return [{ size: of, root, note: formatNote(text, lines), publishedAt }]
    })
    if (made.length > 0) await side.insert(logCheckpoints).values(made)
    onProgress((done += made.length))
    if (within.length < stored.length) return
    after = last.size
  }
}

const signatureLines = (note: string): string[] => note.slice(note.lastIndexOf('\n\n') + 2).match(/.*\n/g) ?? []

function lineAgain(text: string, line: string, held: readonly SigningKey[], identity: LogIdentity): string[] {
  const [signature] = parseNote(formatNote(text, [line]))?.signatures ?? []
  const key = held.find(({ name, id }) => name === signature?.name && id === signature.keyId)
  if (key) return [signNote(text, key)]
  return openNote(formatNote(text, [line]), identity.keys).ok ? [line] : []
}
