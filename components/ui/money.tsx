import type { Locale } from '@/lib/i18n/locale'
import { formatVnd } from '@/lib/money/vnd'

/** An amount, whole, on digits of one width; never broken over two lines. */
export function Money({ vnd, locale }: { vnd: bigint; locale: Locale }) {
  return <span className="so">{formatVnd(vnd, locale)}</span>
}
