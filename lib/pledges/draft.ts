import { z } from 'zod'
import { writtenMinor } from '../money/currency'
import { ok, refuse, type Result } from '../result'
import type { FormErrors, OwnGift, ReturnedForm } from './model'
import { FORM_ERRORS, GIFT_FIELDS, giftFieldErrors, giftFormSchema, type GiftDraft, type GiftInput } from './schema'

/** The form's own random key stays out: each time it is drawn anew. */
const KEPT = GIFT_FIELDS.filter((field) => field !== 'formKey')

/**
 * Reads the fields of a posted gift form. A typed amount counts without its button being chosen; an offered
 * amount together with another typed one, or two typed ones, are asked back, because either could be meant.
 * @param takesCards whether the fund takes cards; where it does not, a form that asks for one is told so
 */
export function parseGiftForm(fields: Record<string, string>, takesCards: boolean): Result<GiftInput, ReturnedForm> {
  const draft: GiftDraft = {}
  for (const field of KEPT) if (fields[field] !== undefined) draft[field] = fields[field]
  const typed = (['otherAmount', 'foreignAmount'] as const).filter((field) => (fields[field] ?? '').trim() !== '')
  const [only] = typed
  const offered = fields.amount ?? ''
  const amount = offered !== '' || only === undefined ? offered : only === 'otherAmount' ? 'other' : 'foreign'
  const parsed = giftFormSchema.safeParse({ ...fields, amount })
  const isTwofold = typed.some((field) => amount !== (field === 'otherAmount' ? 'other' : 'foreign'))
  // Another currency is charged to a card, whatever else was chosen.
  const cardField = amount === 'foreign' ? 'amount' : fields.method === 'card' ? 'method' : null
  const isRefused = cardField !== null && !takesCards
  if (parsed.success && !isTwofold && !isRefused) return ok(parsed.data)
  const errors: FormErrors = parsed.success ? {} : giftFieldErrors(parsed.error)
  if (isTwofold) errors.amount = 'two_amounts'
  if (isRefused) errors[cardField] = 'no_cards'
  return refuse({ draft, errors })
}

/** A cookie holds about four kilobytes with its name and attributes. */
const MOST_CHARACTERS = 3_500

const returnedSchema = z.object({
  draft: z.partialRecord(z.enum(GIFT_FIELDS), z.string().max(4_000)),
  errors: z.partialRecord(z.enum(GIFT_FIELDS), z.enum(FORM_ERRORS)),
})

/** Any form of ours that comes back. */
interface AnyReturnedForm {
  draft: Readonly<Partial<Record<string, string>>>
  errors: Readonly<Partial<Record<string, string>>>
}

/** Writes a returned form as the value of a cookie; a text too long for one is cut from its end. */
export function encodeReturnedForm({ draft, errors }: AnyReturnedForm): string {
  for (let most = 1_000; ; most = Math.floor(most * 0.8)) {
    const cut = Object.fromEntries(Object.entries(draft).map(([field, text = '']) => [field, text.slice(0, most).toWellFormed()]))
    const value = Buffer.from(JSON.stringify({ draft: cut, errors })).toString('base64url')
    if (value.length <= MOST_CHARACTERS) return value
  }
}

/** Reads a gift form back; null for anything that was not written by `encodeReturnedForm`. */
export const decodeReturnedForm = (value: string | undefined): ReturnedForm | null => decodeReturned(value, returnedSchema)

/** Reads any form back that has the shape of a schema; null where it has another. */
export function decodeReturned<Form>(value: string | undefined, schema: z.ZodType<Form>): Form | null {
  if (value === undefined || value.length > MOST_CHARACTERS) return null
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** A pledge as its form: what its donor typed last. */
export const draftOf = (own: OwnGift): GiftDraft => ({
  ...(own.pledged.kind === 'vnd'
    ? { amount: 'other', otherAmount: String(own.pledged.amountVnd) }
    : { amount: 'foreign', foreignAmount: writtenMinor(own.pledged.amountMinor), currency: own.pledged.currency }),
  method: own.method,
  donorKind: own.donorKind,
  name: own.name,
  showName: own.isNamed ? 'yes' : 'no',
  taxCode: own.taxCode ?? '',
  message: own.message,
  email: own.email ?? '',
})
