import { createHash } from 'node:crypto'
import type { DatabaseHandle } from '../../db/client'
import type { Context, Installation } from '../../lib/context'

/** A context whose clock stands still until the test moves it. */
export interface TestContext extends Context {
  setNow(moment: Date | string): void
  advance(milliseconds: number): void
}

export interface TestContextOptions {
  /** Where the clock stands. */
  now?: Date | string
  /** The same seed gives the same chance. */
  seed?: string
  installation?: Partial<Installation>
}

/** What commands and queries are given in a test: a settable clock, and chance that can be repeated. */
export function testContext(handle: DatabaseHandle, options: TestContextOptions = {}): TestContext {
  let now = new Date(options.now ?? '2026-11-23T03:00:00Z')
  return {
    db: handle.db,
    now: () => new Date(now),
    random: seededRandom(options.seed ?? 'test'),
    installation: {
      uid: '00000000-0000-4000-8000-000000000001',
      kind: 'sample',
      seed: 'test',
      anchorDay: '2026-11-23',
      ...options.installation,
    },
    setNow(moment) {
      now = new Date(moment)
    },
    advance(milliseconds) {
      now = new Date(now.getTime() + milliseconds)
    },
  }
}

/** Bytes that look like chance and are the same in every run. */
export function seededRandom(seed: string): (size: number) => Uint8Array {
  let block = 0
  let left = Buffer.alloc(0)
  return (size) => {
    while (left.length < size) left = Buffer.concat([left, createHash('sha256').update(`${seed}/${block++}`).digest()])
    const bytes = new Uint8Array(left.subarray(0, size))
    left = left.subarray(size)
    return bytes
  }
}
