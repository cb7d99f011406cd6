import { refusalText } from '@/components/console/people-text'
import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'

type Refused = keyof (typeof MESSAGES)['vi']['exports']['refused']

const isRefused = (code: string): code is Refused => Object.hasOwn(MESSAGES.vi.exports.refused, code)

/** Why nothing was taken, by the code in the address; null where nothing is wrong. */
export const exportProblem = (locale: Locale, code: string | undefined): string | null =>
  code === undefined ? null : isRefused(code) ? translator(locale, 'exports')(`refused.${code}`) : refusalText(locale, code)
