import { createHash } from 'node:crypto'

/** A source of chance that gives the same for the same seed, on every machine. */
export interface Chance {
  /** Bytes of the stream. */
  bytes(size: number): Uint8Array
  /** From 0 up to, but without, 1. */
  unit(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  /** True in this share of cases. */
  is(share: number): boolean
  pick<T>(items: readonly T[]): T
  /** One of the items, each as likely as its weight says. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T
  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[]
  /** A UUID of version 4. */
  uuid(): string
  /** As many decimal digits. */
  digits(count: number): string
}

/**
 * Opens a stream of chance. Streams of different names are independent, so that adding to one moves no other, and
 * a load that was cut off finds the same chance again.
 */
export function chance(seed: string, name: string): Chance {
  let block = 0
  let buffer = Buffer.alloc(0)
  const bytes = (size: number): Uint8Array => {
    while (buffer.length < size) buffer = Buffer.concat([buffer, createHash('sha512').update(`${seed}\0${name}\0${block++}`).digest()])
    const taken = new Uint8Array(buffer.subarray(0, size))
    buffer = buffer.subarray(size)
    return taken
  }
  const unit = (): number => {
    const four = bytes(4)
    return new DataView(four.buffer).getUint32(0) / 2 ** 32
  }
  const int = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
  return {
    bytes,
    unit,
    int,
    is: (share) => unit() < share,
    pick,
    weighted(items) {
      let left = unit() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      return pick(items)[0]
    },
    shuffled(items) {
      const order = [...items]
      for (let at = order.length - 1; at > 0; at--) {
        const other = int(0, at)
        const [a, b] = [order[at], order[other]]
        if (a === undefined || b === undefined) continue
        order[at] = b
        order[other] = a
      }
      return order
    },
    uuid() {
      const hex = Buffer.from(bytes(16)).toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
    digits: (count) => Array.from({ length: count }, () => int(0, 9)).join(''),
  }
}
