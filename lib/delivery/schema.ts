import { z } from 'zod'
import { fold } from '../i18n/fold'
import { ok, refuse, type Result } from '../result'
import type { Day } from '../time/day'

/** A form's own name, made when it is shown: sent twice, it is one. */
export const formKey = z.string().regex(/^[\w-]{16,64}$/)

const MOST_PLACE = 120
const MOST_NOTE = 600
const MOST_CHILDREN = 20_000
/** The first fund of the site began later. */
const FIRST_DAY = '2024-01-01'

/** What points closer at a child than a school does: a class, a home, a family (money.md §8). */
const TOO_CLOSE = [
  /\blop (?:\d|(?:mam|choi)\b)/,
  /\bnha (?:em|chau|be|ong|ba|anh|chi|co|chu|bac)\b/,
  /\b(?:gia dinh|ho) (?:em|chau|be|ong|ba|anh|chi|co|chu|bac)\b/,
  /\b(?:class|grade) \d/,
]

/** Whether a text that is going to be public names a class, a home or a family. */
export const isTooClose = (text: string): boolean => TOO_CLOSE.some((pattern) => pattern.test(fold(text)))

const line = (most: number) =>
  z
    .string()
    .default('')
    .transform((text) => text.trim().replaceAll(/[^\S\n]+/g, ' '))
    .refine((text) => text.length <= most, 'too_long')
    .refine((text) => !isTooClose(text), 'too_close')

const shape = z.object({
  key: formKey,
  deliveredOn: z.iso.date('not_a_day'),
  place: line(MOST_PLACE).refine((text) => text !== '', 'blank'),
  placeEn: line(MOST_PLACE),
  children: z
    .string()
    .default('')
    .transform((text) => text.replaceAll(/[.\s]/g, ''))
    .refine((text) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= MOST_CHILDREN, 'not_a_count')
    .transform(Number),
  note: line(MOST_NOTE),
  noteEn: line(MOST_NOTE),
})

/** A delivery, as its form says it. Where nothing is said in English, the Vietnamese stands there too. */
export interface DeliveryForm {
  key: string
  deliveredOn: Day
  placeVi: string
  placeEn: string
  children: number
  noteVi: string
  noteEn: string
  items: { position: number; units: number }[]
}

/**
 * Reads what was typed into the form of a delivery: "units-0" is how many of the item at position 0. How many are left
 * is the command's to say, for they may be others when it is done; and of a form that is sent again there are none.
 * @returns refused with codes by field
 */
export function readDelivery(fields: Record<string, string>, today: Day): Result<DeliveryForm, Record<string, string>> {
  const read = shape.safeParse(fields)
  const errors: Record<string, string> = {}
  if (!read.success) for (const { path, message } of read.error.issues) errors[String(path[0])] ??= message
  if (read.success && read.data.deliveredOn > today) errors['deliveredOn'] = 'not_yet'
  if (read.success && read.data.deliveredOn < FIRST_DAY) errors['deliveredOn'] = 'not_a_day'
  const items: DeliveryForm['items'] = []
  for (const [name, text] of Object.entries(fields)) {
    const [, position] = /^units-(\d{1,4})$/.exec(name) ?? []
    const typed = text.replaceAll(/[.\s]/g, '')
    if (position === undefined || /^0*$/.test(typed)) continue
    if (/^\d{1,6}$/.test(typed)) items.push({ position: Number(position), units: Number(typed) })
    else errors[name] = 'not_a_count'
  }
  if (items.length === 0 && !Object.keys(errors).some((name) => name.startsWith('units-'))) errors['units'] = 'no_units'
  if (!read.success || Object.keys(errors).length > 0) return refuse(errors)
  const { place, placeEn, note, noteEn, ...told } = read.data
  return ok({ ...told, placeVi: place, placeEn: placeEn || place, noteVi: note, noteEn: noteEn || note, items })
}
