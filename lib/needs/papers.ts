import { eq } from 'drizzle-orm'
import { needChanges, needPapers } from '../../db/schema'
import type { FileContext } from '../context'
import { nameIn } from '../files/digest'
import { holdFiles, keepFile } from '../files/keep'
import type { FileName } from '../files/model'
import { paperType, type PaperType } from '../files/paper-type'
import { ok, refuse, type Result } from '../result'
import { lockNeed } from './change'

const MOST_BYTES = 20 * 1024 * 1024
const MOST_PAPERS = 10

/** A document that is stored and not used yet. */
export interface KeptPaper {
  file: FileName
  type: PaperType
  size: number
}

/**
 * Stores a document: a PDF or a picture, told by its first bytes. What nobody then adds to a need is swept after a day.
 * Refuses: a file without bytes or with too many; what is neither.
 */
export async function keepNeedPaper(context: FileContext, bytes: Uint8Array): Promise<Result<KeptPaper, 'too_large' | 'not_a_paper'>> {
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return refuse('too_large')
  const type = paperType(bytes)
  if (type === null) return refuse('not_a_paper')
  return ok({ file: await keepFile(context, 'kept', bytes, type), type, size: bytes.length })
}

/**
 * Adds a stored document to a need, which it proves. It is kept and never public.
 * Refuses: an unknown need; more papers than a need may have.
 */
export async function addNeedPaper(
  context: FileContext,
  { needId, file, type, size, by, key }: KeptPaper & { needId: number; by: string; key: string },
): Promise<Result<{ paperId: bigint }, 'unknown_need' | 'too_many'>> {
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
      after: { paper: String(paper.id), bytes: size },
    })
    return ok({ paperId: paper.id })
  })
}

/** A paper with its bytes, for the fund's people; null where there is none. */
export async function readNeedPaper(
  { db, files }: FileContext,
  paperId: bigint,
): Promise<{ needId: number; type: PaperType; bytes: Uint8Array } | null> {
  const [paper] = await db.select().from(needPapers).where(eq(needPapers.id, paperId))
  if (!paper) return null
  const bytes = await files.get(nameIn(paper.file))
  if (!bytes) throw new Error(`paper ${paperId} of a need is not in the store`)
  return { needId: paper.needId, type: paper.type, bytes }
}
