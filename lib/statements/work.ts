import { asc, inArray } from 'drizzle-orm'
import pLimit from 'p-limit'
import { statementFiles } from '../../db/schema'
import type { FileContext } from '../context'
import { bookFile } from './book'
import { compareFile } from './compare'
import { deleteStaged, stageFile } from './stage'

/** Funds whose files are worked on at once. */
const FUNDS_AT_ONCE = 2
const DELETED_AT_ONCE = 5_000

/** What is to be done for files of a state. Accepted ones go first: others are compared with books that have them. */
const STEPS = { accepted: bookFile, comparing: compareFile, waiting: stageFile } as const
const ORDER = ['accepted', 'comparing', 'waiting'] as const

/**
 * Takes every file on as far as it goes without a person: reads what waits, compares what is read, books what was
 * accepted, and deletes what came to nothing. One file of a fund after the other; what fails does not hold up the rest.
 * @param onError told of each file that failed; it is tried again next time
 */
export async function workOnStatements(
  context: FileContext,
  onError: (fileId: bigint, error: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const failed = new Set<bigint>()
  const inTurn = pLimit(FUNDS_AT_ONCE)
  for (;;) {
    if (signal?.aborted) return
    const open = (await listOpen(context)).filter(({ id }) => !failed.has(id))
    if (open.length === 0) break
    const byFund = Map.groupBy(open, ({ fundId }) => fundId)
    await Promise.all(
      [...byFund.values()].map((files) =>
        inTurn(async () => {
          const [next] = files.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
          if (!next) return
          try {
            await STEPS[next.state](context, next.id, signal)
          } catch (error) {
            failed.add(next.id)
            if (!signal?.aborted) onError(next.id, error)
          }
        }),
      ),
    )
  }
  while (!signal?.aborted && (await deleteStaged(context, DELETED_AT_ONCE)));
}

async function listOpen({ db }: FileContext) {
  const rows = await db
    .select({ id: statementFiles.id, fundId: statementFiles.fundId, state: statementFiles.state })
    .from(statementFiles)
    .where(inArray(statementFiles.state, [...ORDER]))
    .orderBy(asc(statementFiles.id))
  return rows.flatMap(({ state, ...file }) =>
    state === 'accepted' || state === 'comparing' || state === 'waiting' ? [{ ...file, state }] : [],
  )
}
