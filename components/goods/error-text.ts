import { errorText as donorErrorText } from '@/components/giving/error-text'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { OfferedLine, ReturnedGoods } from '@/lib/goods/model'
import { unitsField } from '@/lib/goods/schema'
import type { ReturnedForm } from '@/lib/pledges/model'
import { FIELD_ERRORS } from '@/lib/pledges/schema'

const OF_DONOR = ['donorKind', 'name', 'taxCode', 'showName', 'message'] as const
const FIRST_CONTROL = { donorKind: 'donorKind-person', showName: 'showName-yes', name: 'name', taxCode: 'taxCode', message: 'message' }

/** Who gives, as the fields that every pledge shares take it. */
export function donorForm({ draft, errors }: ReturnedGoods): ReturnedForm {
  const form: ReturnedForm = { draft: {}, errors: {} }
  for (const field of OF_DONOR) {
    if (draft[field] !== undefined) form.draft[field] = draft[field]
    const error = FIELD_ERRORS.find((known) => known === errors[field])
    if (error) form.errors[field] = error
  }
  return form
}

/** What is wrong with the units of a line, in words that say what to do. */
export function unitsErrorText({ position, quantity, unit }: OfferedLine, { errors }: ReturnedGoods, locale: Locale): string | undefined {
  const error = errors[unitsField(position)]
  if (!error) return undefined
  const t = translator(locale, 'goods')
  if (error === 'too_many') return t('errors.units.too_many', { quantity: formatCount(quantity, locale), unit })
  return t(error === 'required' ? 'errors.units.required' : 'errors.units.not_units')
}

/** What is wrong with how the giver is reached. */
export function meetingErrorText(field: 'phone' | 'email' | 'note', { errors }: ReturnedGoods, locale: Locale): string | undefined {
  const error = errors[field]
  if (!error) return undefined
  const t = translator(locale, 'goods')
  if (field === 'phone') return t(error === 'no_contact' ? 'errors.phone.no_contact' : 'errors.phone.not_a_phone')
  return t(field === 'email' ? 'errors.email' : 'errors.note')
}

/** Errors in the order of the form, each with the id of its control. */
export function listGoodsErrors(form: ReturnedGoods, lines: OfferedLine[], locale: Locale): { id: string; text: string }[] {
  const donor = donorForm(form)
  const found = [
    ...lines.map((line) => ({ id: unitsField(line.position), text: unitsErrorText(line, form, locale) })),
    ...(form.errors.nature || form.errors.formKey ? [{ id: 'nature-goods', text: translator(locale, 'giving')('errors.other') }] : []),
    ...OF_DONOR.map((field) => ({ id: FIRST_CONTROL[field], text: donorErrorText(field, donor, locale) })),
    ...(['phone', 'email', 'note'] as const).map((field) => ({ id: field, text: meetingErrorText(field, form, locale) })),
  ]
  return found.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, text }]))
}
