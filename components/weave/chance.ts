/** A 32-bit hash of a text (FNV-1a, then mixed). */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (const character of text) h = Math.imul(h ^ (character.codePointAt(0) ?? 0), 0x01000193)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  return h >>> 0
}

/** A list that has something in it, so that a pick from it is never nothing. */
export type Choices<T> = readonly [T, ...T[]]

/** Chance from a seed (mulberry32): the same seed gives the same picks, on every machine. */
export function chance(seed: string): { next: () => number; pick: <T>(list: Choices<T>) => T } {
  let state = hash(seed)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, pick: (list) => list[Math.floor(next() * list.length)] ?? list[0] }
}
