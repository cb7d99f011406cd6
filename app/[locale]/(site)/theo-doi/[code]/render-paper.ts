import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'
import type { ReadFace } from '@/components/paper/paper'
import { problem } from '@/lib/http/problem'

const FOLDER = path.join(process.cwd(), 'node_modules', '@fontsource', 'be-vietnam-pro', 'files')

/** Finished papers take no more memory than this. */
const KEPT_BYTES = 8 * 1024 * 1024
/** Who comes after so many is told to come again. */
const MOST_WAITING = 30

const kept = new LRUCache<string, Buffer<ArrayBuffer>>({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length })
const faces = new Map<string, Buffer>()
/** One at a time, so that pages do not wait for papers. */
const inTurn = pLimit(1)

/**
 * Answers with a paper: kept, or made now; or says to come again where too many wait already.
 * @param name of the file, without its ending
 * @param content all that it says: what it is kept under
 * @param draw gives the bytes of a PDF
 */
export async function answerWithPaper(
  name: string,
  content: unknown,
  draw: (read: ReadFace) => Promise<Buffer<ArrayBuffer>>,
): Promise<Response> {
  const key = JSON.stringify(content, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  const finished = kept.get(key)
  if (!finished && inTurn.pendingCount >= MOST_WAITING)
    return problem(503, 'Busy', 'Many papers are being made. Please ask again in a moment.', { 'Retry-After': '5' })
  const pdf = finished ?? (await inTurn(() => draw(read)))
  if (!finished) kept.set(key, pdf)
  return new Response(pdf, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Length': String(pdf.length),
      'Content-Disposition': `inline; filename="${name}.pdf"`,
      // It may carry a name that is not public.
      'Cache-Control': 'private, no-store',
    },
  })
}

const read: ReadFace = (part, weight) => {
  const name = `be-vietnam-pro-${part}-${weight}-normal.woff`
  const face = faces.get(name) ?? readFileSync(path.join(FOLDER, name))
  faces.set(name, face)
  return face
}
