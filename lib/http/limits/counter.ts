import type { Quota } from './policies'

/** Keys that are remembered at the same time: about ten megabytes. */
const MOST_KEYS = 100_000

/**
 * Counts points of each key, so many seconds from its first. Its memory is bounded, whoever asks: of more keys than
 * it holds it forgets those that began first, which makes a limit milder and shuts nobody out.
 */
export class Counter {
  /** In the order in which they end, since all last equally long. */
  readonly #windows = new Map<string, { points: number; endsMs: number }>()

  constructor(
    readonly quota: Quota,
    private readonly mostKeys = MOST_KEYS,
  ) {}

  /** Points counted for a key so far. */
  count(key: string): number {
    const window = this.#windows.get(key)
    return window && window.endsMs > performance.now() ? window.points : 0
  }

  /** Counts points for a key; negative ones are given back. */
  add(key: string, points: number): void {
    const now = performance.now()
    const window = this.#windows.get(key)
    if (window && window.endsMs > now) {
      window.points = Math.max(0, window.points + points)
      return
    }
    if (points <= 0) return
    this.#windows.delete(key)
    this.#forget(now)
    this.#windows.set(key, { points, endsMs: now + this.quota.seconds * 1_000 })
  }

  /** In how many whole seconds counting for a key begins anew, at least 1. */
  secondsLeft(key: string): number {
    const leftMs = (this.#windows.get(key)?.endsMs ?? 0) - performance.now()
    return Math.max(1, Math.ceil(leftMs / 1_000))
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#windows.size
  }

  #forget(now: number): void {
    for (const [key, { endsMs }] of this.#windows) {
      if (endsMs > now && this.#windows.size < this.mostKeys) return
      this.#windows.delete(key)
    }
  }
}
