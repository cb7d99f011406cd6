import { and, eq } from 'drizzle-orm'
import { statementFiles } from '../../db/schema'
import { receiveBankNotices } from '../bank/commands'
import { lineKey } from '../bank/identify'
import type { ArrivedNotice } from '../bank/told'
import type { Context } from '../context'
import { listLines, noticeOf } from './staged'

/** Lines between two notes of how far a file is; each of their transactions is much shorter. */
const CHUNK = 512

/**
 * Books an accepted file line by line, by the door through which notices of aggregators come: in short transactions,
 * between which theirs go on. Cut off at any moment it begins again where it was noted to be; what was booked after that
 * is known by the number of its line, and changes nothing more.
 */
export async function bookFile(context: Context, fileId: bigint, signal?: AbortSignal): Promise<void> {
  const { db, now } = context
  const [file] = await db
    .select({ state: statementFiles.state, linesBooked: statementFiles.linesBooked })
    .from(statementFiles)
    .where(eq(statementFiles.id, fileId))
  if (file?.state !== 'accepted') return
  const isAccepted = and(eq(statementFiles.id, fileId), eq(statementFiles.state, 'accepted'))
  let booked = file.linesBooked
  for (;;) {
    signal?.throwIfAborted()
    const lines = await listLines(db, fileId, booked, CHUNK)
    const last = lines.at(-1)
    if (last === undefined) break
    const halves = await Promise.allSettled(
      halvesByKey(lines.map((line) => noticeOf(line, now()))).map((notices) => receiveBankNotices(context, notices)),
    )
    for (const half of halves) if (half.status === 'rejected') throw half.reason
    booked = last.number
    await db.update(statementFiles).set({ linesBooked: booked }).where(isAccepted)
  }
  await db.update(statementFiles).set({ state: 'booked', bookedAt: now() }).where(isAccepted)
}

/**
 * Parts notices in two that can be booked at once: lines that may be the same go together, for whoever books one holds the
 * lock of all. Each half is in the order given.
 */
function halvesByKey(notices: readonly ArrivedNotice[]): [ArrivedNotice[], ArrivedNotice[]] {
  const byKey = [...Map.groupBy(notices, lineKey).values()].sort((a, b) => b.length - a.length)
  const sizes: [number, number] = [0, 0]
  const isFirst = new Set<ArrivedNotice>()
  for (const group of byKey) {
    const half = sizes[0] <= sizes[1] ? 0 : 1
    sizes[half] += group.length
    if (half === 0) for (const notice of group) isFirst.add(notice)
  }
  return [notices.filter((notice) => isFirst.has(notice)), notices.filter((notice) => !isFirst.has(notice))]
}
