import { asc } from 'drizzle-orm'
import { funds, programmes } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import type { FooterView } from './model'

/** The funds with the titles of their programmes, in the order they were founded here. */
export async function getFooter({ db }: Context, locale: Locale): Promise<FooterView> {
  const fundRows = await db.select().from(funds).orderBy(asc(funds.id))
  const programmeRows = await db.select().from(programmes).orderBy(asc(programmes.id))
  return {
    funds: fundRows.map((fund) => ({
      slug: fund.slug,
      name: pick(locale, fund.nameVi, fund.nameEn),
      programmes: programmeRows.filter((row) => row.fundId === fund.id).map((row) => pick(locale, row.titleVi, row.titleEn)),
    })),
  }
}
