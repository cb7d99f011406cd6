import type { Locale } from '@/lib/i18n/locale'
import { formatVnd } from '@/lib/money/vnd'

/**
 * An amount that whoever checks the public log holds against its entries (scripts/verify.mjs): marked by what it is a sum of, so
 * that no other number of the page is taken for it.
 * @param props.of what it sums: those of one name on a page are added up
 */
export function LoggedSum({ of, vnd, locale }: { of: string; vnd: bigint; locale: Locale }) {
  return (
    <data className="so" value={String(vnd)} data-log={of}>
      {formatVnd(vnd, locale)}
    </data>
  )
}
