import type { Locale } from '@/lib/i18n/locale'
import { formatForeign } from '@/lib/money/currency'
import { formatVnd } from '@/lib/money/vnd'
import type { PledgedMoney } from '@/lib/pledges/model'

/** What was pledged, in its own currency. */
export const pledgedText = (pledged: PledgedMoney, locale: Locale): string =>
  pledged.kind === 'vnd' ? formatVnd(pledged.amountVnd, locale) : formatForeign(pledged.amountMinor, pledged.currency, locale)
