import type { Locale } from '../i18n/locale'
import type { StaffFund } from '../staff/model'

/** What is looked for, in whose console, and for whom. */
export interface Wanted {
  fund: StaffFund
  locale: Locale
  /** As it was typed. */
  text: string
  /** In small letters without marks; at least one. */
  words: readonly string[]
  /** What it is where it is a number, a code, a sum of đồng, or a bank's reference. */
  number: number | null
  code: string | null
  amountVnd: bigint | null
  reference: string | null
  /** A receipt of an office, as its number is printed or typed: "PT 12/2026", "bns3/2026". */
  receipt: { kind: 'cash' | 'cheque'; number: number; year: number } | null
  /** Who looks. */
  staffId: string
  /** Communes that whoever looks may see things of. */
  communeIds: 'all' | ReadonlySet<number>
}

/** Each kind stops at so many: who means one of more types more. */
export const MOST = 8
