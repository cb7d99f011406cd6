import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fromBufferPromise } from 'yauzl'
import { BOUNDS, RefusedFile } from './model'

const MOST_ENTRIES = 2_000

/**
 * Makes sure that an .xlsx may be unpacked: it is unpacked once into nothing, so that what it comes to is counted and
 * not believed, and it has no macros.
 * @throws RefusedFile where it is damaged, unpacks to too much, or has macros
 */
export async function checkArchive(bytes: Buffer): Promise<void> {
  try {
    const archive = await fromBufferPromise(bytes, { lazyEntries: true })
    let unpacked = 0
    let entries = 0
    for await (const entry of archive.eachEntry()) {
      entries += 1
      if (entries > MOST_ENTRIES) throw new RefusedFile({ code: 'unpacks_too_large' })
      if (/vbaProject|macrosheets|activeX/i.test(entry.fileName)) throw new RefusedFile({ code: 'macros' })
      if (entry.isEncrypted()) throw new RefusedFile({ code: 'locked' })
      if (entry.fileName.endsWith('/')) continue
      const count = new Writable({
        write(chunk: Buffer, _encoding, done) {
          unpacked += chunk.length
          done(unpacked > BOUNDS.unpackedBytes ? new RefusedFile({ code: 'unpacks_too_large' }) : null)
        },
      })
      await pipeline(await archive.openReadStreamPromise(entry), count)
    }
  } catch (error) {
    throw error instanceof RefusedFile ? error : new RefusedFile({ code: 'damaged' })
  }
}
