import { keptText, refusalText } from '@/components/console/refusal-text'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'

const { done, refused } = MESSAGES.vi.handover

/** What came back to a form: what was typed, and what is wrong with it. */
export interface Typed {
  fields: Record<string, string>
  errors: Record<string, string>
}

/** What was done, by the code in the address. */
export const handoverNotice = (locale: Locale, code: string | undefined): string | null =>
  isTextOf(done, code) ? translator(locale, 'handover')(`done.${code}`) : null

/** What is wrong with a photo or a paper, by its code; null where it is about something else. */
export const paperError = (locale: Locale, code: string): string | null =>
  isTextOf(refused, code) ? translator(locale, 'handover')(`refused.${code}`) : null

/** What is wrong, by its code. */
const handoverError = (locale: Locale, code: string): string => paperError(locale, code) ?? refusalText(locale, code)

/** What is wrong, by the code in the address; what is wrong with fields stands beside them as well. */
export function handoverProblem(locale: Locale, code: string | undefined, typed: Typed | null): string | null {
  if (code === undefined) return null
  if (code !== 'o') return handoverError(locale, code)
  const [first] = Object.values(typed?.errors ?? {})
  return first === undefined ? null : keptText(locale, handoverError(locale, first))
}

/** What a form shows again: what was typed into it and not into another of its page, and what is wrong. */
export function typedInto(locale: Locale, form: string, typed: Typed | null) {
  const own = typed?.fields['form'] === form ? typed : null
  return {
    isBack: own !== null,
    was: (name: string): string | undefined => own?.fields[name],
    wrong: (name: string): { error?: string } => {
      const code = own?.errors[name]
      return code === undefined ? {} : { error: handoverError(locale, code) }
    },
  }
}
