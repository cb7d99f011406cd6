import { desc, eq } from 'drizzle-orm'
import { fundParticulars } from '../../db/schema'
import type { Context } from '../context'
import type { Particulars } from './model'

const NONE: Particulars = { address: null, phone: null, email: null, taxCode: null }

/** Where a fund is found, as its papers say it; nothing of what it has not written. */
export async function getParticulars({ db }: Pick<Context, 'db'>, fundId: number): Promise<Particulars> {
  const { address, phone, email, taxCode } = fundParticulars
  const [row] = await db
    .select({ address, phone, email, taxCode })
    .from(fundParticulars)
    .where(eq(fundParticulars.fundId, fundId))
    .orderBy(desc(fundParticulars.id))
    .limit(1)
  return row ?? NONE
}

/** Writes where a fund is found from now on; what was written before stays known. The same again changes nothing. @param by who writes it */
export async function writeParticulars(context: Context, fundId: number, given: Particulars, by: string): Promise<void> {
  const known = await getParticulars(context, fundId)
  if ((['address', 'phone', 'email', 'taxCode'] as const).every((part) => known[part] === given[part])) return
  await context.db.insert(fundParticulars).values({ fundId, ...given, writtenBy: by, writtenAt: context.now() })
}
