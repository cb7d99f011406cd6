import { z } from 'zod'
import { fold } from '../i18n/fold'
import { parseVnd } from '../money/vnd'

export const PRIORITIES = ['urgent', 'usual', 'later'] as const
export type Priority = (typeof PRIORITIES)[number]

/** Fields of a report's figures, as the form and the sheet name them. All are text. */
export const FIGURE_FIELDS = ['children', 'quantity', 'amount', 'priority', 'note'] as const
export type FigureField = (typeof FIGURE_FIELDS)[number]

/** What can be wrong with a figure; the words are chosen at the edge. */
export const FIGURE_ERRORS = ['missing', 'not_a_count', 'too_many', 'not_an_amount', 'unknown', 'too_long'] as const
export type FigureError = (typeof FIGURE_ERRORS)[number]

const MAX_NEED_NOTE_LENGTH = 500
/** No commune has as many children, and nothing is needed as often. */
const MOST_COUNT = 10_000_000
const MOST_VND = 1_000_000_000_000n

/** Words for the priorities, as people write them into a sheet. */
const PRIORITY_WORDS: Record<string, Priority> = {
  ...{ urgent: 'urgent', gap: 'urgent', khan: 'urgent', 'khan cap': 'urgent' },
  ...{ usual: 'usual', thuong: 'usual', 'binh thuong': 'usual', normal: 'usual' },
  ...{ later: 'later', sau: 'later', 'de sau': 'later' },
}

const text = z
  .string()
  .default('')
  .transform((typed) => typed.normalize('NFC').trim())

/**
 * The figures of a report, from a form or from a row of a sheet. Every field is looked at, so that all errors are told at
 * once; issues carry a `FigureError` as their message.
 */
export const figuresSchema = z
  .object({ children: text, quantity: text, amount: text, priority: text, note: text })
  .transform((typed, context) => {
    const fail = (field: FigureField, error: FigureError) => context.addIssue({ code: 'custom', path: [field], message: error })
    const count = (field: 'children' | 'quantity'): number => {
      const number = parseCount(typed[field])
      if (number === null || number === 0) fail(field, typed[field] === '' ? 'missing' : 'not_a_count')
      else if (number > MOST_COUNT) fail(field, 'too_many')
      return number ?? 0
    }
    const amountVnd = parseVnd(typed.amount)
    if (amountVnd === null || amountVnd === 0n) fail('amount', typed.amount === '' ? 'missing' : 'not_an_amount')
    else if (amountVnd > MOST_VND) fail('amount', 'too_many')
    const priority = typed.priority === '' ? 'usual' : PRIORITY_WORDS[fold(typed.priority)]
    if (priority === undefined) fail('priority', 'unknown')
    if ([...typed.note].length > MAX_NEED_NOTE_LENGTH) fail('note', 'too_long')
    return {
      ...{ children: count('children'), quantity: count('quantity'), amountVnd: amountVnd ?? 0n },
      ...{ priority: priority ?? ('usual' as const), note: typed.note },
    }
  })

/** Reads a whole number as people type it: "120", "1.200", "1,200". Null where it is not plainly one. */
function parseCount(typed: string): number | null {
  const cleaned = typed.replace(/[\s\u00a0\u202f]/g, '')
  if (/^\d{1,9}$/.test(cleaned)) return Number(cleaned)
  return /^\d{1,3}(?:\.\d{3}){1,2}$|^\d{1,3}(?:,\d{3}){1,2}$/.test(cleaned) ? Number(cleaned.replace(/[.,]/g, '')) : null
}

/** Errors by field, from what zod says. */
export function figureErrors(error: z.ZodError): Partial<Record<FigureField, FigureError>> {
  const errors: Partial<Record<FigureField, FigureError>> = {}
  for (const { path, message } of error.issues) {
    const field = FIGURE_FIELDS.find((one) => one === path[0])
    const known = FIGURE_ERRORS.find((one) => one === message)
    if (field && known) errors[field] ??= known
  }
  return errors
}

const SCHOOL_YEAR = /^(20\d{2})(?:\s*[-–]\s*(20\d{2}))?$/

/** Reads a school year as its first calendar year: "2026", "2026-2027". Null where it is none. */
export function parseSchoolYear(typed: string): number | null {
  const [, first = '', second] = SCHOOL_YEAR.exec(typed.trim()) ?? []
  if (first === '' || (second !== undefined && Number(second) !== Number(first) + 1)) return null
  return Number(first)
}
