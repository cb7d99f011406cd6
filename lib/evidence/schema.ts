import { z } from 'zod'
import { formKey, isTooClose } from '../delivery/schema'
import { ok, refuse, type Result } from '../result'
import { CONSENT_GIVERS, CONSENT_WAYS, DELIVERY_PAPERS, GOODS_PAPERS, SPEND_PAPERS } from './model'

const MOST_ALT = 300
const MOST_REASON = 300

const text = (most: number) =>
  z
    .string()
    .default('')
    .transform((typed) => typed.trim().replaceAll(/\s+/g, ' '))
    .refine((typed) => typed.length <= most, 'too_long')
const seen = (most: number) => text(most).refine((typed) => !isTooClose(typed), 'too_close')
const said = (most: number) => seen(most).refine((typed) => typed !== '', 'blank')
const id = z
  .string('blank')
  .regex(/^\d{1,18}$/, 'blank')
  .transform(BigInt)

const consentShape = z.object({
  key: formKey,
  givenBy: z.enum(CONSENT_GIVERS, 'blank'),
  givenHow: z.enum(CONSENT_WAYS, 'blank'),
  paperNumber: text(60).refine((typed) => typed !== '', 'blank'),
  givenOn: z.iso.date('not_a_day'),
  validUntil: z
    .union([z.literal(''), z.iso.date()], 'not_a_day')
    .default('')
    .transform((day) => (day === '' ? null : day)),
})
const photoShape = z
  .object({ key: formKey, consentId: id, alt: said(MOST_ALT), altEn: seen(MOST_ALT) })
  // Where nothing is said in English, the Vietnamese stands there too.
  .transform(({ alt, altEn, ...rest }) => ({ ...rest, altVi: alt, altEn: altEn || alt }))
/** A picture of a campaign may be drawn: then it shows nobody, and rests on no consent. */
const pictureShape = z
  .object({ key: formKey, consentId: z.union([z.literal('drawn').transform(() => null), id]), alt: said(MOST_ALT), altEn: said(MOST_ALT) })
  .transform(({ alt, altEn, ...rest }) => ({ ...rest, altVi: alt, altEn }))
const paperShape = (kinds: typeof DELIVERY_PAPERS | typeof SPEND_PAPERS | typeof GOODS_PAPERS) =>
  z.object({ key: formKey, kind: z.enum(kinds, 'blank'), datedOn: z.iso.date('not_a_day') })
const reasonShape = z
  .object({ reason: said(MOST_REASON), reasonEn: seen(MOST_REASON) })
  .transform(({ reason, reasonEn }) => ({ reasonVi: reason, reasonEn: reasonEn || reason }))

type Fields = Record<string, string>

/** Reads fields by a shape. @returns refused with codes by field */
function reading<Read>(shape: z.ZodType<Read>, fields: Fields): Result<Read, Record<string, string>> {
  const read = shape.safeParse(fields)
  if (read.success) return ok(read.data)
  const errors: Record<string, string> = {}
  for (const { path, message } of read.error.issues) errors[String(path[0])] ??= message
  return refuse(errors)
}

/** Reads the form of a consent. */
export const readConsent = (fields: Fields) => reading(consentShape, fields)
/** Reads what the form of a photo says beside the photo. */
export const readPhoto = (fields: Fields) => reading(photoShape, fields)
/** Reads what the form of a picture of a campaign says beside it: its words in both languages, and its consent, null of a drawing. */
export const readPicture = (fields: Fields) => reading(pictureShape, fields)
/** Reads what the form of a paper of a delivery says beside its files. */
export const readPaper = (fields: Fields) => reading(paperShape(DELIVERY_PAPERS), fields)
/** Reads what the form of a paper of a spend says beside its files. */
export const readSpendPaper = (fields: Fields) => reading(paperShape(SPEND_PAPERS), fields)
/** Reads what the form of a paper of goods says beside its files: also of which receipt. */
export const readGoodsPaper = (fields: Fields) => reading(paperShape(GOODS_PAPERS).extend({ receipt: id }), fields)
/** Reads why a paper is withdrawn: it becomes public. */
export const readReason = (fields: Fields) => reading(reasonShape, fields)
