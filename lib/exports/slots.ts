import type { Readable } from 'node:stream'

/**
 * Lets few streams run at the same time in a process. Each counts from when it is asked for, read or not, until it is
 * closed, however it ends.
 * @returns what opens a stream; null where there are `most` already
 */
export function createSlots(most: number): (open: () => Readable) => Readable | null {
  let taken = 0
  return (open) => {
    if (taken >= most) return null
    const stream = open()
    taken += 1
    stream.once('close', () => {
      taken -= 1
    })
    return stream
  }
}
