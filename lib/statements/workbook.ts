import { Worker } from 'node:worker_threads'
import { checkArchive } from './archive'
import { BOUNDS, RefusedFile, type SheetRow } from './model'
import type { ThreadAnswer, ThreadInput } from './workbook-thread'

/** Of the thread that reads a workbook, beside the bytes themselves. */
const MEMORY_MB = 1_024
/** From one batch of rows to the next; the first of them is there when the whole workbook was understood. */
const ANSWER_MS = 120_000
const ROWS_AT_ONCE = 500

/** How much of a workbook is read, and how; a bank's statement where nothing is said. */
export interface WorkbookBounds {
  bytes: number
  rows: number
  /** Whether cells with formulas are what they came to. What a bank says has none. */
  takesResults: boolean
}

const OF_STATEMENTS: WorkbookBounds = { bytes: BOUNDS.workbookBytes, rows: BOUNDS.workbookRows, takesResults: false }

/**
 * Reads an .xls or .xlsx row by row, in a thread of its own with bounded memory and time: a workbook that is made to
 * do harm ends that thread, and nothing else.
 * @throws RefusedFile where it can't be read, or is beyond its bounds
 */
export async function* readWorkbook(
  bytes: Buffer,
  format: 'xls' | 'xlsx',
  { bytes: mostBytes, rows: maxRows, takesResults } = OF_STATEMENTS,
): AsyncGenerator<SheetRow> {
  if (bytes.length > mostBytes) throw new RefusedFile({ code: 'too_large' })
  if (format === 'xlsx') await checkArchive(bytes)
  const input: ThreadInput = {
    ...{ bytes, maxRows, takesResults, maxColumns: BOUNDS.columns, maxCharacters: BOUNDS.cellCharacters, rowsAtOnce: ROWS_AT_ONCE },
  }
  const thread = new Worker(new URL('./workbook-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  // What it says of its end is heard by whoever asks next.
  thread.on('error', () => undefined)
  thread.postMessage(input)
  try {
    for (;;) {
      const answer = await ask(thread)
      if (answer.kind === 'done') return
      if (answer.kind === 'refused') {
        throw new RefusedFile(answer.problem)
      }
      yield* answer.rows
    }
  } finally {
    await thread.terminate()
  }
}

function ask(thread: Worker): Promise<ThreadAnswer> {
  return new Promise((resolve, reject) => {
    const tooSlow = setTimeout(() => reject(new RefusedFile({ code: 'too_slow' })), ANSWER_MS)
    const end = (error: unknown) => {
      const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(new RefusedFile({ code: isOutOfMemory ? 'too_large' : 'damaged' }))
    }
    thread.once('error', end)
    thread.once('message', (answer: ThreadAnswer) => {
      thread.off('error', end)
      clearTimeout(tooSlow)
      resolve(answer)
    })
    thread.postMessage('more')
  })
}
