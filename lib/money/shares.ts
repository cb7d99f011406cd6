import type { Locale } from '../i18n/locale'
import { formatShare } from './vnd'

/**
 * The shares of parts in the whole that they add up to, as they are written, so that these add up to 100 %: in tenths of a
 * percent, rounded down, and what is missing goes to the parts that lost most by it (largest remainder).
 * @param parts none below zero, and not all of them zero
 */
export function formatShares(parts: readonly bigint[], locale: Locale): string[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n)
  if (whole <= 0n || parts.some((part) => part < 0n)) throw new RangeError('shares need parts of a whole above zero')
  const shares = parts.map((part) => ({ tenths: (part * 1000n) / whole, rest: (part * 1000n) % whole }))
  const missing = Number(1000n - shares.reduce((sum, { tenths }) => sum + tenths, 0n))
  const raised = new Set(shares.toSorted((a, b) => (a.rest > b.rest ? -1 : a.rest < b.rest ? 1 : 0)).slice(0, missing))
  return shares.map((share) => formatShare(share.tenths + (raised.has(share) ? 1n : 0n), 1000n, locale))
}
