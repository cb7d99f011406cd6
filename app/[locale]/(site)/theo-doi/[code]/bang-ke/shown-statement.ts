import type { ServerContext } from '@/lib/context'
import type { Locale } from '@/lib/i18n/locale'
import type { ApartGift, YearStatement } from '@/lib/receipts/model'
import { getJointStatement, getYearStatement } from '@/lib/receipts/queries'
import { gatheredKeys, ownSecret } from '../own-secret'

interface Shown {
  /** This browser holds the key. */
  isOwn: boolean
  /** Codes whose keys it gathered. */
  gathered: string[]
  statement: YearStatement | null
  apart: ApartGift[]
}

/** The statement of a year as whoever asks may see it: what is public of one code, or all that they hold the keys of. */
export async function shownStatement(
  context: ServerContext,
  { code, year, locale }: { code: string; year: number | null; locale: Locale },
): Promise<Shown> {
  const gathered = (await gatheredKeys(context)).map((key) => key.code)
  const isOwn = gathered.includes(code) || (await ownSecret(context, code)) !== null
  if (year === null) return { isOwn, gathered, statement: null, apart: [] }
  if (!isOwn) return { isOwn, gathered, statement: await getYearStatement(context, { code, year, isOwn }, locale), apart: [] }
  const others = gathered.filter((other) => other !== code)
  return { isOwn, gathered, ...(await getJointStatement(context, { code, others, year }, locale)) }
}
