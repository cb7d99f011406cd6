import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { FormErrors, ReturnedForm } from '@/lib/pledges/model'
import type { GiftField } from '@/lib/pledges/schema'

/** What is wrong with a field, in words that say what to do. */
export function errorText(field: GiftField, { draft, errors }: ReturnedForm, locale: Locale): string | undefined {
  const error = errors[field]
  if (!error) return undefined
  const t = translator(locale, 'giving')
  switch (field) {
    case 'foreignAmount':
      return t(
        `errors.foreignAmount.${error === 'required' || error === 'too_small_for_card' || error === 'too_large_for_card' ? error : 'not_an_amount'}`,
      )
    case 'amount':
    case 'otherAmount':
      return error === 'too_long' || error === 'unknown' || error === 'not_a_tax_code' || error === 'not_an_email'
        ? t('errors.amount.other')
        : t(`errors.amount.${error}`)
    case 'method':
      return error === 'no_cards' ? t('errors.method.no_cards') : t('errors.method.other')
    case 'name':
      if (error === 'required') return draft.donorKind === 'company' ? t('errors.name.requiredCompany') : t('errors.name.required')
      return error === 'too_long' ? t('errors.name.too_long') : t('errors.name.other')
    case 'taxCode':
      return t('errors.taxCode')
    case 'message':
      return t('errors.message')
    case 'email':
      return t('errors.email')
    default:
      return t('errors.other')
  }
}

/** Where the link of an error leads: the id of the field's first control. */
const ID_OF: Partial<Record<GiftField, string>> = {
  amount: 'amount-0',
  method: 'method-bank_transfer',
  donorKind: 'donorKind-person',
  showName: 'showName-yes',
}

/** Errors in the order of the form, each with the id of its control. */
export function listErrors(form: ReturnedForm, locale: Locale): { id: string; text: string }[] {
  const order: (keyof FormErrors)[] = [
    'amount',
    'otherAmount',
    'foreignAmount',
    'currency',
    'method',
    'donorKind',
    'name',
    'taxCode',
    'showName',
    'message',
    'email',
  ]
  return order.flatMap((field) => {
    const text = errorText(field, form, locale)
    return text === undefined ? [] : { id: ID_OF[field] ?? field, text }
  })
}
