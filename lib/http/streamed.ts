import type { Readable } from 'node:stream'

/**
 * The body of an answer that is made while it is sent: it asks for a piece when there is room for one, and ends the
 * stream when whoever asked goes away.
 */
export function streamed(source: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces: AsyncIterator<Buffer> = source[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const piece = await pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(new Uint8Array(piece.value))
    },
    cancel() {
      source.destroy()
    },
  })
}
