import { createHmac, timingSafeEqual } from 'node:crypto'

/** Compares a key or signature with the right one in constant time; lengths differ for the forger's own text only. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
