import type { Locale } from '../i18n/locale'
import type { Day } from '../time/day'

/** What a certificate of thanks says: the same content is the same paper, to the byte. */
export interface Certificate {
  locale: Locale
  code: string
  /** The giver's name, or "a kind donor". */
  name: string
  /** Money that is still the gift's; null where it is goods or a service. */
  amountVnd: bigint | null
  /** What came in kind, in the order of the budget. */
  items: { units: bigint; unit: string; item: string }[]
  /** Null: the fund's general pot. */
  campaign: string | null
  /** Where it went, null for the pot, and the cloth of that or of the fund. */
  commune: { fullName: string | null; seed: string }
  fund: string
  /** The day the last of it came. */
  day: Day
}
