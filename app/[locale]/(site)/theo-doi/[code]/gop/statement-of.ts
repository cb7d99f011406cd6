import type { ServerContext } from '@/lib/context'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { readYear } from '@/lib/receipts/numbers'
import { statementPath } from '@/lib/receipts/paths'
import { dayOf } from '@/lib/time/day'

/** The statement that a form stands on. @param year as it was posted; where it is none, that of now */
export const statementOf = ({ now }: ServerContext, { locale, code, year }: { locale: Locale; code: string; year: string }): string =>
  localePath(locale, statementPath(code, readYear(year) ?? dayOf(now()).slice(0, 4)))
