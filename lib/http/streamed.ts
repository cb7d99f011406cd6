import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

/**
 * The body of an answer that is made while it is sent: it asks for a piece when there is room for one, and ends the
 * stream when whoever asked goes away.
 * @param signal of the request, which tells of who left before the first piece as well
 */
export function streamed(source: Readable, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  const end = () => void source.destroy()
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return new ReadableStream({
    async pull(controller) {
      const piece = await pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(new Uint8Array(piece.value))
    },
    // Over once the source has let go of what it held: a query may be under way.
    async cancel() {
      end()
      await finished(source).catch(() => undefined)
    },
  })
}
