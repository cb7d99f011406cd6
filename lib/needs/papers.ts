import { eq } from 'drizzle-orm'
import { needChanges, needPapers } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { holdFiles, keepFile } from '../files/keep'
import { ok, refuse, type Result } from '../result'
import { lockNeed } from './change'

const MOST_BYTES = 20 * 1024 * 1024
const MOST_PAPERS = 10

export type NeedPaperRefusal = 'unknown_need' | 'too_large' | 'not_a_paper' | 'too_many'

/**
 * Adds a document that proves a need: a PDF or a picture, told by its first bytes. It is kept and never public.
 * Refuses: an unknown need; a file without bytes or with too many; what is neither; more papers than a need may have.
 */
export async function addNeedPaper(
  context: FileContext,
  { needId, bytes, by, key }: { needId: number; bytes: Uint8Array; by: string; key: string },
): Promise<Result<{ paperId: bigint }, NeedPaperRefusal>> {
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return refuse('too_large')
  const type = sniff(bytes)
  if (type === null) return refuse('not_a_paper')
  const file = await keepFile(context, 'kept', bytes, type)
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const need = await lockNeed(tx, needId)
    if (!need) return refuse('unknown_need')
    const papers = await tx.select().from(needPapers).where(eq(needPapers.needId, needId))
    const known = papers.find(({ idempotencyKey }) => idempotencyKey === key)
    if (known) return ok({ paperId: known.id })
    if (papers.length >= MOST_PAPERS) return refuse('too_many')
    await holdFiles(tx, [file])
    const [paper] = await tx
      .insert(needPapers)
      .values({ needId, file, type, idempotencyKey: key, addedBy: by, addedAt: now })
      .returning({ id: needPapers.id })
    if (!paper) throw new Error('a paper was not written')
    // A paper proves what was decided on; it changes nothing of it, so the version stays.
    await tx.insert(needChanges).values({
      ...{ needId, kind: 'paper', by, version: need.version, idempotencyKey: `paper:${key}`, happenedAt: now },
      after: { paper: String(paper.id), bytes: bytes.length },
    })
    return ok({ paperId: paper.id })
  })
}

/** A paper with its bytes, for the fund's people; null where there is none. */
export async function readNeedPaper(
  { db, files }: FileContext,
  paperId: bigint,
): Promise<{ needId: number; type: (typeof needPapers.$inferSelect)['type']; bytes: Uint8Array } | null> {
  const [paper] = await db.select().from(needPapers).where(eq(needPapers.id, paperId))
  if (!paper) return null
  const bytes = await files.get(nameIn(paper.file))
  if (!bytes) throw new Error(`paper ${paperId} of a need is not in the store`)
  return { needId: paper.needId, type: paper.type, bytes }
}

function sniff(bytes: Uint8Array): (typeof needPapers.$inferSelect)['type'] | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('%PDF-')) return 'application/pdf'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null
}
