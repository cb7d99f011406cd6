import { asc } from 'drizzle-orm'
import { funds } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { MESSAGES } from '../i18n/translator'
import type { TellTexts } from './model'

/** In which words a check is told, with the names of funds: entries of the log say the short one of their address. */
export async function getTellTexts({ db }: Pick<Context, 'db'>, locale: Locale): Promise<TellTexts> {
  const rows = await db.select({ slug: funds.slug, nameVi: funds.nameVi, nameEn: funds.nameEn }).from(funds).orderBy(asc(funds.id))
  return {
    ...MESSAGES[locale].checking.told,
    funds: Object.fromEntries(rows.map(({ slug, nameVi, nameEn }) => [slug, pick(locale, nameVi, nameEn)])),
  }
}
