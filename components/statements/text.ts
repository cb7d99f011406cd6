import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { Problem } from '@/lib/statements/model'
import { refusalText } from '../console/refusal-text'

const { problems, refused } = MESSAGES.vi.statements
const isGiven = (code: string): code is 'empty' | 'too_large' | 'broken_off' => ['empty', 'too_large', 'broken_off'].includes(code)

/** Where something is wrong with a file, and what. A difference of balances is an amount. */
export function problemText(locale: Locale, { code, row, sheet, found = '' }: Problem): string {
  const t = translator(locale, 'statements')
  const isDifference = code === 'balance' || code === 'opening' || code === 'closing'
  const shown = isDifference && /^-?\d{1,18}$/.test(found) ? formatVnd(BigInt(found), locale) : found
  const what = isTextOf(problems, code) ? t(`problems.${code}`, { found: shown, sheet: sheet ?? '', row: row ?? 0 }) : code
  if (row === undefined) return what
  const where = sheet === undefined ? t('problems.whereRow', { row }) : t('problems.where', { sheet, row })
  return `${where}${what}`
}

/** What was refused, by the code in the address; null where there is none. */
export function statementRefusal(locale: Locale, code: string | undefined): string | null {
  if (code === undefined) return null
  const t = translator(locale, 'statements')
  if (isGiven(code)) return t(`give.${code}`)
  return isTextOf(refused, code) ? t(`refused.${code}`) : refusalText(locale, code)
}
