import type { Locale } from '@/lib/i18n/locale'
import { formatCount, formatVnd } from '@/lib/money/vnd'

/**
 * An amount that whoever checks the public log holds against its entries (scripts/verify.mjs): marked by what it is a sum of, so
 * that no other number of the page is taken for it.
 * @param props.of what it sums: those of one name on a page are added up
 * @param props.isBare without the sign of đồng, where a table's head has it
 */
export function LoggedSum({ of, vnd, locale, isBare = false }: { of: string; vnd: bigint; locale: Locale; isBare?: boolean }) {
  return (
    <data className="so" value={String(vnd)} data-log={of}>
      {isBare ? formatCount(vnd, locale) : formatVnd(vnd, locale)}
    </data>
  )
}
