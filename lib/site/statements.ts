import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { workOnStatements } from '../statements/work'

/** What is done about files of statements without a person. */
export interface StatementWork {
  /** Takes each file on as far as it goes, unless that is under way. */
  run(): void
  /** Breaks off between one chunk of lines and the next, and waits for it; whoever leads next goes on there. */
  stop(): Promise<void>
}

/** Makes the statement work of this installation. */
export function statementWork(context: ServerContext): StatementWork {
  const stopping = new AbortController()
  const onError = (error: unknown, fileId: bigint | null) => {
    if (!stopping.signal.aborted) log.error({ event: 'statement_work_failed', fileId: String(fileId), error: describeError(error) })
  }
  let running: Promise<void> | null = null
  return {
    run: () => {
      running ??= workOnStatements(context, (fileId, error) => onError(error, fileId), stopping.signal)
        .catch((error: unknown) => onError(error, null))
        .finally(() => {
          running = null
        })
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
