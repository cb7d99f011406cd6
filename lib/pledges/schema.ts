import { z } from 'zod'
import { parseMinor } from '../money/currency'
import { parseVnd } from '../money/vnd'
import type { PayMethod, PledgedMoney } from './model'
import { isTaxCode, normalizeTaxCode } from './tax-code'

/** A pledge is at least 10,000 ₫ and at most 100 billion ₫. */
const MIN_PLEDGE_VND = 10_000n
const MAX_PLEDGE_VND = 100_000_000_000n
/** Stripe charges đồng from the worth of half a US dollar, and at most eight digits of a currency's smallest unit. */
export const MIN_CARD_VND = 20_000n
export const MAX_CARD_VND = 99_999_999n
/** In cents: from one dollar or euro to fifty thousand. */
export const MIN_CARD_CENTS = 100n
export const MAX_CARD_CENTS = 5_000_000n
export const MAX_NAME_LENGTH = 80
export const MAX_MESSAGE_LENGTH = 300

/** What can be wrong with a field; the words are chosen at the edge. */
export const FIELD_ERRORS = [
  'required',
  'not_an_amount',
  'too_small',
  'too_large',
  'too_small_for_card',
  'too_large_for_card',
  'too_long',
  'not_a_tax_code',
  'not_an_email',
  'unknown',
] as const
export type FieldError = (typeof FIELD_ERRORS)[number]

/** What else a form may be told: that two different amounts were given, and that the fund takes no cards. */
export const FORM_ERRORS = [...FIELD_ERRORS, 'two_amounts', 'no_cards'] as const
export type FormError = (typeof FORM_ERRORS)[number]

/** Field names of the gift form, as the form posts them. All are text. */
export const GIFT_FIELDS = [
  'formKey',
  'amount',
  'otherAmount',
  'foreignAmount',
  'currency',
  'method',
  'donorKind',
  'name',
  'showName',
  'taxCode',
  'message',
  'email',
] as const
export type GiftField = (typeof GIFT_FIELDS)[number]
export type GiftFieldErrors = Partial<Record<GiftField, FieldError>>

/** What was typed, kept as it was, so that a form with an error comes back whole. */
export type GiftDraft = Partial<Record<GiftField, string>>

/** One line of readable text: control characters and direction marks go, runs of space become one. */
export const plain = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()

/** Longest text a field may post; a browser that keeps to the form posts far less. */
export const typed = z.string().max(4_000, 'too_long').default('')
/** At least 128 bits in base64url, as `createFormKey` makes them; a form shown before those had a UUID. */
export const isFormKey = (text: string): boolean => /^[\w-]{22,64}$/.test(text)
const isEmail = (text: string): boolean => text.length <= 254 && z.email().safeParse(text).success

/** What every form of a pledge, of money or of goods, asks of its donor. */
export const donorFields = {
  donorKind: typed,
  name: typed.transform(plain),
  showName: typed,
  taxCode: typed.transform(normalizeTaxCode),
  message: typed.transform(plain),
  email: typed.transform((text) => text.trim()),
}
type DonorField = keyof typeof donorFields

/** Reads who gives, and what of it is public. A person may stay nameless, an organisation may not. */
export function readDonor(form: Record<DonorField, string>, check: (isRight: boolean, field: DonorField, error: FieldError) => void) {
  const isCompany = form.donorKind === 'company'
  const isNamed = form.showName === 'yes'
  check(isCompany || form.donorKind === 'person' || form.donorKind === '', 'donorKind', 'unknown')
  check(form.name !== '' || !(isCompany || isNamed), 'name', 'required')
  check([...form.name].length <= MAX_NAME_LENGTH, 'name', 'too_long')
  check([...form.message].length <= MAX_MESSAGE_LENGTH, 'message', 'too_long')
  check(!isCompany || form.taxCode === '' || isTaxCode(form.taxCode), 'taxCode', 'not_a_tax_code')
  check(form.email === '' || isEmail(form.email), 'email', 'not_an_email')
  return {
    donorKind: isCompany ? ('company' as const) : ('person' as const),
    name: form.name,
    isNamed: isNamed && form.name !== '',
    taxCode: isCompany && form.taxCode !== '' ? form.taxCode : null,
    message: form.message,
    email: form.email === '' ? null : form.email,
  }
}

/**
 * The gift form. `amount` is a number of đồng; or 'other', in which case `otherAmount` is read as people type amounts;
 * or 'foreign', in which case `foreignAmount` is charged to a card in `currency`. Every field is looked at, so that all
 * errors are told at once; issues carry a `FieldError` as their message.
 */
export const giftFormSchema = z
  .object({
    formKey: typed,
    amount: typed,
    otherAmount: typed,
    foreignAmount: typed,
    currency: typed,
    method: typed,
    ...donorFields,
  })
  .transform((form, context) => {
    const check = (isRight: boolean, field: GiftField, error: FieldError) => {
      if (!isRight) context.addIssue({ code: 'custom', path: [field], message: error })
    }
    const isForeign = form.amount === 'foreign'
    const method: PayMethod = isForeign || form.method === 'card' ? 'card' : 'bank_transfer'
    const pledged = isForeign ? readForeign(form, check) : readVnd(form, method, check)
    check(['', 'card', 'bank_transfer'].includes(form.method), 'method', 'unknown')
    check(isFormKey(form.formKey), 'formKey', 'unknown')
    return { formKey: form.formKey, method, pledged, ...readDonor(form, check) }
  })

type Check = (isRight: boolean, field: GiftField, error: FieldError) => void

function readVnd(form: { amount: string; otherAmount: string }, method: PayMethod, check: Check): PledgedMoney {
  const field = form.amount === 'other' ? 'otherAmount' : 'amount'
  const amountVnd = parseVnd(form[field])
  const isCard = method === 'card'
  check(form[field].trim() !== '', field, 'required')
  check(amountVnd !== null, field, 'not_an_amount')
  check(amountVnd === null || amountVnd >= MIN_PLEDGE_VND, field, 'too_small')
  check(amountVnd === null || amountVnd <= MAX_PLEDGE_VND, field, 'too_large')
  check(!isCard || amountVnd === null || amountVnd >= MIN_CARD_VND, field, 'too_small_for_card')
  check(!isCard || amountVnd === null || amountVnd <= MAX_CARD_VND, field, 'too_large_for_card')
  return { kind: 'vnd', amountVnd: amountVnd ?? 0n }
}

function readForeign(form: { foreignAmount: string; currency: string }, check: Check): PledgedMoney {
  const amountMinor = parseMinor(form.foreignAmount)
  check(form.foreignAmount.trim() !== '', 'foreignAmount', 'required')
  check(amountMinor !== null, 'foreignAmount', 'not_an_amount')
  check(amountMinor === null || amountMinor >= MIN_CARD_CENTS, 'foreignAmount', 'too_small_for_card')
  check(amountMinor === null || amountMinor <= MAX_CARD_CENTS, 'foreignAmount', 'too_large_for_card')
  check(form.currency === 'usd' || form.currency === 'eur', 'currency', 'unknown')
  return { kind: 'foreign', currency: form.currency === 'eur' ? 'eur' : 'usd', amountMinor: amountMinor ?? 0n }
}

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

const isFieldError = (text: string): text is FieldError => FIELD_ERRORS.some((known) => known === text)
