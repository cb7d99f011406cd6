import type { ServerContext } from '@/lib/context'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { readYear } from '@/lib/receipts/numbers'
import { statementPath } from '@/lib/receipts/paths'
import { dayOf } from '@/lib/time/day'

/** The statement that a form stands on: its year is in the address that the form is sent to, which is read also where the form is not. */
export const statementOf = ({ now }: ServerContext, request: Request, { locale, code }: { locale: Locale; code: string }): string =>
  localePath(locale, statementPath(code, readYear(new URL(request.url).searchParams.get('nam') ?? '') ?? dayOf(now()).slice(0, 4)))
