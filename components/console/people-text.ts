import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'

type Done = keyof (typeof MESSAGES)['vi']['console']['people']['done']
type Refused = keyof (typeof MESSAGES)['vi']['console']['people']['refused']

const isDone = (code: string): code is Done => Object.hasOwn(MESSAGES.vi.console.people.done, code)
const isRefused = (code: string): code is Refused => Object.hasOwn(MESSAGES.vi.console.people.refused, code)

/** What was done, by the code in the address. */
export const peopleNotice = (locale: Locale, code: string | undefined): string | null =>
  code !== undefined && isDone(code) ? translator(locale, 'console')(`people.done.${code}`) : null

/** What is wrong, by the code in the address or of the first field; null where nothing is. */
export function peopleProblem(locale: Locale, code: string | undefined, typed: { errors: Record<string, string> } | null): string | null {
  const t = translator(locale, 'console')
  const first = code === 'o' ? Object.values(typed?.errors ?? {})[0] : code
  if (first === undefined) return null
  return isRefused(first) ? t(`people.refused.${first}`) : refusalText(locale, first)
}

const isCommon = (code: string): code is keyof (typeof MESSAGES)['vi']['console']['refused'] =>
  Object.hasOwn(MESSAGES.vi.console.refused, code)

/** What every room may refuse. */
export const refusalText = (locale: Locale, code: string): string =>
  translator(locale, 'console')(isCommon(code) ? `refused.${code}` : 'refused.busy')
