import { and, asc, desc, eq, gt, inArray, isNotNull } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { eventPositions, events, logCheckpoints, logLeaves, papers } from '../../db/schema'
import { formatProof } from '../tlog/tlog-proof'
import { inclusionRanges } from '../tlog/tree'
import { cosignatureLines, firstCosigned } from './cosignatures'
import { hashesOfRanges } from './hashes'

/** An entry of the log, and what proves that it is there. */
export interface ProvenEntry {
  /** Its bytes as text: RFC 8785 JSON. */
  body: string
  /** C2SP tlog-proof, with the entry itself as its extra data: whoever has it needs nothing else but the log's key. */
  proof: string
}

/**
 * Proves an entry by the first checkpoint that speaks of it and that witnesses have cosigned, with their lines; until one has, by
 * the first that speaks of it. Witnesses cosign only what is newest, so once the log has grown on, the proof of an entry is the
 * same whenever it is asked for. Reads a tile or two of each level, however long the log is.
 * @param index from 0
 * @returns null where there is no such entry, or no checkpoint speaks of it yet
 */
export async function proveEntry(db: Database, index: bigint): Promise<ProvenEntry | null> {
  const [leaf] = await db.select({ body: logLeaves.body }).from(logLeaves).where(eq(logLeaves.position, index))
  const cosigned = await firstCosigned(db, index)
  const [checkpoint] = await db
    .select({ size: logCheckpoints.size, note: logCheckpoints.note })
    .from(logCheckpoints)
    .where(cosigned === null ? gt(logCheckpoints.size, index) : eq(logCheckpoints.size, cosigned))
    .orderBy(asc(logCheckpoints.size))
    .limit(1)
  if (!leaf || !checkpoint) return null
  const size = Number(checkpoint.size)
  const hashes = await hashesOfRanges(db, inclusionRanges(Number(index), size))
  const note = [checkpoint.note, ...(await cosignatureLines(db, size))].join('')
  return {
    body: leaf.body,
    proof: formatProof({ extra: Buffer.from(leaf.body), index: Number(index), hashes, checkpoint: note }),
  }
}

/**
 * Proves what the log says last of a paper: that it was published, or that it was withdrawn since. Where the same bytes were
 * published more than once, one that still stands is told of.
 * @param sha256 of the public copy, in hex
 * @returns null where no paper has this hash, or it was never released
 */
export async function provePaper(db: Database, sha256: string): Promise<ProvenEntry | null> {
  const released = await db
    .select({ id: papers.id, withdrawnAt: papers.withdrawnAt })
    .from(papers)
    .where(and(eq(papers.copy, `shown/${sha256}`), isNotNull(papers.eventId)))
  const standing = released.filter(({ withdrawnAt }) => withdrawnAt === null)
  const told = standing.length > 0 ? standing : released
  const [row] = await db
    .select({ position: eventPositions.position })
    .from(events)
    .innerJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .where(
      inArray(
        events.idempotencyKey,
        told.flatMap(({ id, withdrawnAt }) => (withdrawnAt === null ? [`document:${id}`] : [`document:${id}`, `document_withdrawn:${id}`])),
      ),
    )
    .orderBy(desc(eventPositions.position))
    .limit(1)
  return row ? proveEntry(db, row.position) : null
}
