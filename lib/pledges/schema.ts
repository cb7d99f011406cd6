import { z } from 'zod'
import { parseVnd } from '../money/vnd'
import { isTaxCode, normalizeTaxCode } from './tax-code'

/** A pledge is at least 10,000 ₫ and at most 100 billion ₫. */
export const MIN_PLEDGE_VND = 10_000n
export const MAX_PLEDGE_VND = 100_000_000_000n
export const MAX_NAME_LENGTH = 80
export const MAX_MESSAGE_LENGTH = 300

/** What can be wrong with a field; the words are chosen at the edge. */
export type FieldError = 'required' | 'not_an_amount' | 'too_small' | 'too_large' | 'too_long' | 'not_a_tax_code' | 'not_an_email' | 'unknown'

/** Field names of the gift form, as the form posts them. All are text. */
export const GIFT_FIELDS = ['formKey', 'amount', 'otherAmount', 'donorKind', 'name', 'showName', 'taxCode', 'message', 'email'] as const
export type GiftField = (typeof GIFT_FIELDS)[number]
export type GiftFieldErrors = Partial<Record<GiftField, FieldError>>

/** What was typed, kept as it was, so that a form with an error comes back whole. */
export type GiftDraft = Partial<Record<GiftField, string>>

/** One line of readable text: control characters and direction marks go, runs of space become one. */
const plain = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()

const line = (max: number) =>
  z
    .string()
    .max(4_000, 'too_long')
    .default('')
    .transform(plain)
    .pipe(z.string().refine((text) => [...text].length <= max, 'too_long'))

/**
 * The gift form. `amount` is a number of đồng or 'other', in which case `otherAmount` is read as people type amounts.
 * Issues carry a `FieldError` as their message.
 */
export const giftFormSchema = z
  .object({
    formKey: z.uuid('unknown'),
    amount: z.string().max(40, 'not_an_amount').default(''),
    otherAmount: z.string().max(40, 'not_an_amount').default(''),
    donorKind: z.enum(['person', 'company'], 'unknown').default('person'),
    name: line(MAX_NAME_LENGTH),
    showName: z.enum(['yes', 'no'], 'unknown').default('no'),
    taxCode: z.string().max(40, 'not_a_tax_code').default('').transform(normalizeTaxCode),
    message: line(MAX_MESSAGE_LENGTH),
    email: z
      .string()
      .trim()
      .max(254, 'not_an_email')
      .default('')
      .pipe(z.union([z.literal(''), z.email('not_an_email')], 'not_an_email')),
  })
  .transform((form, context) => {
    const issue = (field: GiftField, message: FieldError) => context.addIssue({ code: 'custom', path: [field], message })
    const field: GiftField = form.amount === 'other' ? 'otherAmount' : 'amount'
    const typed = form.amount === 'other' ? form.otherAmount : form.amount
    const amountVnd = parseVnd(typed)
    if (typed.trim() === '') issue(field, 'required')
    else if (amountVnd === null) issue(field, 'not_an_amount')
    else if (amountVnd < MIN_PLEDGE_VND) issue(field, 'too_small')
    else if (amountVnd > MAX_PLEDGE_VND) issue(field, 'too_large')
    const isCompany = form.donorKind === 'company'
    if (isCompany && form.name === '') issue('name', 'required')
    if (!isCompany && form.showName === 'yes' && form.name === '') issue('name', 'required')
    if (isCompany && form.taxCode !== '' && !isTaxCode(form.taxCode)) issue('taxCode', 'not_a_tax_code')
    return {
      formKey: form.formKey,
      amountVnd: amountVnd ?? 0n,
      donorKind: form.donorKind,
      name: form.name,
      isNamed: form.showName === 'yes' && form.name !== '',
      taxCode: isCompany && form.taxCode !== '' ? form.taxCode : null,
      message: form.message,
      email: form.email === '' ? null : form.email,
    }
  })

/** A gift form that was understood. */
export type GiftInput = z.output<typeof giftFormSchema>

/** The first error of each field. */
export function giftFieldErrors(error: z.ZodError): GiftFieldErrors {
  const errors: GiftFieldErrors = {}
  for (const { path, message } of error.issues) {
    const field = GIFT_FIELDS.find((name) => name === path[0])
    if (field && !errors[field]) errors[field] = isFieldError(message) ? message : 'unknown'
  }
  return errors
}

const isFieldError = (text: string): text is FieldError =>
  ['required', 'not_an_amount', 'too_small', 'too_large', 'too_long', 'not_a_tax_code', 'not_an_email', 'unknown'].includes(text)
