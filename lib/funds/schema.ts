import { z } from 'zod'
import { isTaxCode, normalizeTaxCode } from '../pledges/tax-code'
import type { Particulars } from './model'

/** Names of the fields of the form of a fund's particulars. */
type ParticularsField = keyof Particulars

const MOST_ADDRESS = 200
const typed = z
  .string()
  .max(300)
  .default('')
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())

const fieldsSchema = z.object({ address: typed, phone: typed, email: typed, taxCode: typed.transform(normalizeTaxCode) })

/**
 * Reads what was typed of a fund's particulars; an empty field is one that the fund leaves out.
 * @returns the fields that can't be so
 */
export function readParticulars(
  fields: Record<string, string>,
): { ok: true; value: Particulars } | { ok: false; wrong: ParticularsField[] } {
  const read = fieldsSchema.safeParse(fields)
  if (!read.success) return { ok: false, wrong: read.error.issues.map(({ path }) => fieldsSchema.keyof().parse(path[0])) }
  const { address, phone, email, taxCode } = read.data
  const is: Record<ParticularsField, boolean> = {
    address: address.length <= MOST_ADDRESS,
    phone: phone === '' || /^[0-9+][0-9 .-]{5,24}$/.test(phone),
    email: email === '' || z.email().max(254).safeParse(email).success,
    taxCode: taxCode === '' || isTaxCode(taxCode),
  }
  const wrong = fieldsSchema.keyof().options.filter((name) => !is[name])
  return wrong.length > 0
    ? { ok: false, wrong }
    : { ok: true, value: { address: address || null, phone: phone || null, email: email || null, taxCode: taxCode || null } }
}
