import { and, eq } from 'drizzle-orm'
import { statementFiles } from '../../db/schema'
import { receiveBankNotices } from '../bank/commands'
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
    const notices = lines.map((line) => noticeOf(line, now()))
    // Two batches can be under way at once.
    const middle = Math.ceil(notices.length / 2)
    const halves = await Promise.allSettled([
      receiveBankNotices(context, notices.slice(0, middle)),
      receiveBankNotices(context, notices.slice(middle)),
    ])
    for (const half of halves) if (half.status === 'rejected') throw half.reason
    booked = last.number
    await db.update(statementFiles).set({ linesBooked: booked }).where(isAccepted)
  }
  await db.update(statementFiles).set({ state: 'booked', bookedAt: now() }).where(isAccepted)
}
