import { z } from 'zod'
import { donorFields, FIELD_ERRORS, isFormKey, plain, readDonor, typed } from '../pledges/schema'
import { NATURES, type AskedLine } from './model'

/** Longest text on how and when goods can be brought. */
export const MAX_NOTE_LENGTH = 500
/** Nobody brings more units of one thing. */
export const MAX_UNITS = 1_000_000n

const TEXT_FIELDS = ['formKey', 'nature', 'donorKind', 'name', 'showName', 'taxCode', 'message', 'email', 'phone', 'note'] as const

/** The field in which units of a budget line are typed. */
export type UnitsField = `units-${number}`
export const unitsField = (position: number): UnitsField => `units-${position}`

/** Field names of the goods form, as the form posts them. All are text. */
export type GoodsField = (typeof TEXT_FIELDS)[number] | UnitsField
const isGoodsField = (name: string): name is GoodsField =>
  TEXT_FIELDS.some((known) => known === name) || /^units-(?:0|[1-9]\d?)$/.test(name)

/** What can be wrong with a field; the words are chosen at the edge. */
export const GOODS_ERRORS = [...FIELD_ERRORS, 'not_units', 'too_many', 'not_a_phone', 'no_contact'] as const
export type GoodsError = (typeof GOODS_ERRORS)[number]

/** What was typed, kept as it was, so that a form with an error comes back whole. */
export type GoodsDraft = Partial<Record<GoodsField, string>>
export type GoodsFormErrors = Partial<Record<GoodsField, GoodsError>>

/**
 * Reads whole units as people type them: "30", "1.000", "1,000".
 * @returns null where it is not plainly a whole number
 */
export function parseUnits(text: string): bigint | null {
  const cleaned = text.replace(/[\s\u00a0\u202f]/g, '')
  if (/^\d{1,9}$/.test(cleaned)) return BigInt(cleaned)
  return /^\d{1,3}(?:\.\d{3}){1,2}$|^\d{1,3}(?:,\d{3}){1,2}$/.test(cleaned) ? BigInt(cleaned.replace(/[.,]/g, '')) : null
}

/** A phone number of Việt Nam or, with +, of anywhere: digits alone, "0912345678". */
export const plainPhone = (text: string): string => text.replace(/[\s.()\u00a0-]/g, '')
export const isPhone = (text: string): boolean => /^(?:0\d{8,10}|\+\d{8,15}|1[89]00\d{4,6})$/.test(text)

/**
 * The form that promises goods or a service: units of one or several budget lines, who gives, and how the giver is
 * reached. Every field is looked at, so that all errors are told at once; issues carry a `GoodsError` as their message.
 * @param asked the budget lines of the campaign; `units` holds what was typed for each of them, in the same order
 * @param options `isHandedIn`: the goods are here, so that nobody needs to reach their giver
 */
export const goodsFormSchema = (asked: readonly AskedLine[], { isHandedIn = false } = {}) =>
  z
    .object({
      formKey: typed,
      nature: typed,
      ...donorFields,
      phone: typed.transform(plainPhone),
      note: typed.transform(plain),
      units: z.array(typed),
    })
    .transform((form, context) => {
      const check = (isRight: boolean, field: GoodsField, error: GoodsError) => {
        if (!isRight) context.addIssue({ code: 'custom', path: [field], message: error })
      }
      const nature = NATURES.find((known) => known === form.nature)
      check(nature !== undefined || form.nature === '', 'nature', 'unknown')
      check(isFormKey(form.formKey), 'formKey', 'unknown')
      const items = readItems(asked, form.units, check)
      const donor = readDonor(form, check)
      check(form.phone === '' || isPhone(form.phone), 'phone', 'not_a_phone')
      check(isHandedIn || form.phone !== '' || form.email !== '', 'phone', 'no_contact')
      check([...form.note].length <= MAX_NOTE_LENGTH, 'note', 'too_long')
      return {
        formKey: form.formKey,
        nature: nature ?? ('goods' as const),
        items,
        ...donor,
        phone: form.phone === '' ? null : form.phone,
        note: form.note === '' ? null : form.note,
      }
    })

function readItems(
  asked: readonly AskedLine[],
  typedUnits: readonly string[],
  check: (isRight: boolean, field: GoodsField, error: GoodsError) => void,
): { position: number; units: bigint }[] {
  const read = asked.map(({ position, quantity }, index) => {
    const text = typedUnits[index] ?? ''
    const units = text.trim() === '' ? 0n : parseUnits(text)
    check(units !== null, unitsField(position), 'not_units')
    check(units === null || (units <= BigInt(quantity) && units <= MAX_UNITS), unitsField(position), 'too_many')
    return { position, units }
  })
  const [first] = asked
  if (first)
    check(
      read.some(({ units }) => units !== 0n),
      unitsField(first.position),
      'required',
    )
  return read.flatMap(({ position, units }) => (units === null || units === 0n ? [] : [{ position, units }]))
}

/** A goods form that was understood. */
export type GoodsInput = z.output<ReturnType<typeof goodsFormSchema>>

/** The first error of each field. */
export function goodsFieldErrors(error: z.ZodError): GoodsFormErrors {
  const errors: GoodsFormErrors = {}
  for (const { path, message } of error.issues) {
    const field = String(path[0])
    if (isGoodsField(field) && !errors[field]) errors[field] = GOODS_ERRORS.find((known) => known === message) ?? 'unknown'
  }
  return errors
}

const ofGoodsFields = <Value>(entries: Record<string, Value>): Partial<Record<GoodsField, Value>> => {
  const kept: Partial<Record<GoodsField, Value>> = {}
  for (const [name, value] of Object.entries(entries)) if (isGoodsField(name)) kept[name] = value
  return kept
}

/** Fields of a posted form that this form has, but its random key, which is drawn anew each time. */
export const goodsDraft = (fields: Record<string, string>): GoodsDraft => {
  const draft = ofGoodsFields(fields)
  delete draft.formKey
  return draft
}

/** A returned form, as a cookie holds it. */
export const returnedGoodsSchema = z.object({
  draft: z.record(z.string(), z.string().max(4_000)).transform(ofGoodsFields),
  errors: z.record(z.string(), z.enum(GOODS_ERRORS)).transform(ofGoodsFields),
})
