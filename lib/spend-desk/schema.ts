import { z } from 'zod'
import { parseVnd } from '../money/vnd'
import { isFormKey } from '../pledges/secret'
import { ok, refuse, type Result } from '../result'
import { isDay, type Day } from '../time/day'
import type { WishedItem } from '../spending/commands'
import type { BudgetLineUse } from '../spending/model'

/** Longest of each text that a form of the console takes. */
export const LONGEST = { title: 120, supplier: 120, reason: 600 } as const

/** A form that asks for money, once it was understood. */
export interface SpendForm {
  titleVi: string
  titleEn: string
  supplier: string
  dueOn: Day
  items: WishedItem[]
}

const text = (longest: number) => z.string().trim().min(1).max(longest)
const texts = z.object({
  titleVi: text(LONGEST.title),
  titleEn: text(LONGEST.title),
  supplier: text(LONGEST.supplier),
  dueOn: z.string().refine(isDay),
})

/**
 * Reads a form that asks for money of a campaign: how many of each line of its budget, and for how much in all. A price
 * that is left out is the budget's.
 * @returns what is asked for, or a code of what is wrong by field
 */
export function readSpendForm(
  fields: Readonly<Record<string, string>>,
  lines: readonly BudgetLineUse[],
): { ok: true; form: SpendForm } | { ok: false; errors: Record<string, string> } {
  const errors: Record<string, string> = {}
  const items = lines.flatMap((line): WishedItem[] => {
    const [unitsField, amountField] = [`units-${line.position}`, `amount-${line.position}`]
    const typed = (fields[unitsField] ?? '').replaceAll(/[\s.,]/g, '')
    const sum = (fields[amountField] ?? '').trim()
    if (typed === '' || typed === '0') {
      if (sum !== '') errors[unitsField] = 'how_many'
      return []
    }
    const units = /^\d{1,7}$/.test(typed) ? Number(typed) : null
    const amountVnd = units === null ? null : sum === '' ? line.unitPriceVnd * BigInt(units) : parseVnd(sum)
    if (units === null) errors[unitsField] = 'how_many'
    else if (units > line.quantity - line.askedUnits) errors[unitsField] = 'beyond_budget'
    if (units !== null && (amountVnd === null || amountVnd < BigInt(units))) errors[amountField] = 'not_an_amount'
    if (units === null || amountVnd === null) return []
    const { itemVi, itemEn, unitVi, unitEn, position: budgetPosition } = line
    return [{ itemVi, itemEn, unitVi, unitEn, units, amountVnd, budgetPosition }]
  })
  const read = texts.safeParse(fields)
  for (const issue of read.error?.issues ?? []) errors[String(issue.path[0])] = issue.path[0] === 'dueOn' ? 'not_a_day' : 'blank'
  if (items.length === 0 && Object.keys(errors).every((name) => !/^(units|amount)-/.test(name))) errors['items'] = 'no_items'
  return read.success && Object.keys(errors).length === 0 ? { ok: true, form: { ...read.data, items } } : { ok: false, errors }
}

/** A public reason in both languages; null where a language is missing. */
export function readReason(fields: Readonly<Record<string, string>>): { reasonVi: string; reasonEn: string } | null {
  const read = z.object({ reasonVi: text(LONGEST.reason), reasonEn: text(LONGEST.reason) }).safeParse(fields)
  return read.success ? read.data : null
}

const amount = z.string('not_an_amount').transform((typed, issue) => {
  const vnd = parseVnd(typed.trim())
  if (vnd !== null && vnd > 0n) return vnd
  issue.addIssue({ code: 'custom', message: 'not_an_amount' })
  return z.NEVER
})
const formKey = z.string().refine(isFormKey)
const advanceShape = z
  .object({
    formKey,
    amount,
    heldBy: z.string('blank').trim().min(1, 'blank').max(80, 'blank'),
    dueOn: z.string('not_a_day').refine(isDay, 'not_a_day'),
  })
  .transform(({ formKey: key, amount: amountVnd, heldBy, dueOn }) => ({ key, amountVnd, heldBy, dueOn }))
const settlementShape = z
  .object({ formKey, amount, on: z.string('not_a_day').refine(isDay, 'not_a_day') })
  .transform(({ formKey: key, amount: amountVnd, on }) => ({ key, amountVnd, on }))

type Fields = Readonly<Record<string, string>>

function reading<Read>(shape: z.ZodType<Read>, fields: Fields): Result<Read, Record<string, string>> {
  const read = shape.safeParse(fields)
  if (read.success) return ok(read.data)
  return refuse(Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message])))
}

/** Reads the form of an advance. @returns refused with codes by field */
export const readAdvance = (fields: Fields) => reading(advanceShape, fields)
/** Reads the form that settles an advance. @returns refused with codes by field */
export const readSettlement = (fields: Fields) => reading(settlementShape, fields)
