import { z } from 'zod'
import { parseVnd } from '../money/vnd'
import { isFormKey, typed } from '../pledges/schema'
import { isDay } from '../time/day'
import type { Receipt, ReceivedLine } from './receive'
import { parseUnits } from './schema'

const shape = z.object({ formKey: typed, receivedOn: typed, document: typed, standard: typed })

/**
 * Reads the form by which goods are received: of each budget line how many units came, how they are, and what the giver says
 * they are worth. What is below the standard is turned back and not counted.
 * @param positions budget lines that the form shows
 * @returns what came, or a code of what is wrong by field
 */
export function readReceiptForm(
  fields: Readonly<Record<string, string>>,
  positions: readonly number[],
): { ok: true; value: Omit<Receipt, 'code' | 'actor'> } | { ok: false; errors: Record<string, string> } {
  const read = shape.safeParse(fields)
  if (!read.success) return { ok: false, errors: { formKey: 'unknown' } }
  const { formKey, receivedOn, document, standard } = read.data
  const errors: Record<string, string> = {}
  const lines = positions.flatMap((position): ReceivedLine[] => {
    const of = (name: string) => (fields[`${name}-${position}`] ?? '').trim()
    if (of('units') === '') return []
    const units = parseUnits(of('units'))
    const value = of('value') === '' ? null : parseVnd(of('value'))
    if (units === null) errors[`units-${position}`] = 'not_units'
    if (of('value') !== '' && (value === null || value <= 0n)) errors[`value-${position}`] = 'not_an_amount'
    const condition = of('condition') === 'new' ? ('new' as const) : of('condition') === 'used' ? ('used' as const) : null
    return units === null || units === 0n ? [] : [{ position, units, condition, statedValueVnd: value }]
  })
  if (!isFormKey(formKey)) errors['formKey'] = 'unknown'
  if (!isDay(receivedOn)) errors['receivedOn'] = 'not_a_day'
  if (standard !== 'yes') errors['standard'] = 'below_standard'
  const [first] = positions
  if (lines.length === 0 && Object.keys(errors).length === 0 && first !== undefined) errors[`units-${first}`] = 'not_units'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const reference = document.toUpperCase().replaceAll(/\s/g, '')
  return { ok: true, value: { formKey, lines, meetsStandard: true, documentReference: reference === '' ? null : reference, receivedOn } }
}
