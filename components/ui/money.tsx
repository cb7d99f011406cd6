import type { Locale } from '@/lib/i18n/locale'
import { formatShare, formatVnd } from '@/lib/money/vnd'

/** An amount, whole, on digits of one width; never broken over two lines. */
export function Money({ vnd, locale }: { vnd: bigint; locale: Locale }) {
  return <span className="so">{formatVnd(vnd, locale)}</span>
}

/** A part of a whole, in tenths of a percent, rounded down. */
export function Share({ part, whole, locale }: { part: bigint; whole: bigint; locale: Locale }) {
  return <span className="so">{formatShare(part, whole, locale)}</span>
}
