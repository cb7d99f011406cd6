import { z } from 'zod'
import { parseVnd } from '../money/vnd'
import { isPaymentCode, normalizeCode } from '../pledges/codes'

/** An id as forms carry it. */
const idSchema = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .transform(BigInt)

const code = z.string().transform(normalizeCode).refine(isPaymentCode)

/** One pledge, or the general pot where the code is null, and what of a line is for it. */
const part = z.object({ code: code.nullable(), amountVnd: z.bigint().positive() })

/** What a person says that a bank line is. `otherLineId` is the other leg of a transfer. */
export const decisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('place'), parts: z.array(part).min(1).max(20) }),
  z.object({ kind: z.literal('own_transfer'), otherLineId: idSchema }),
  z.object({ kind: z.literal('not_ours'), otherLineId: idSchema.nullable() }),
  z.object({ kind: z.literal('refund_paid'), refundId: idSchema }),
  z.object({ kind: z.literal('refund_returned'), refundId: idSchema }),
  z.object({ kind: z.literal('spend'), spendId: idSchema }),
  z.object({ kind: z.literal('supplier_refund'), spendId: idSchema, position: z.coerce.number().int().nonnegative() }),
  z.object({ kind: z.enum(['advance', 'advance_returned']), advanceId: idSchema }),
  z.object({ kind: z.literal('payout'), payoutId: z.string().min(1).max(100) }),
  z.object({
    kind: z.enum([
      'general',
      'keep_unplaced',
      'interest',
      'fee',
      'budget_repayment',
      'cash_banked',
      'not_payout',
      'same',
      'not_same',
      'ours',
    ]),
  }),
])

export type Decision = z.output<typeof decisionSchema>
export type DecisionKind = Decision['kind']

/**
 * What a form chose of a line, in one word: "fee", "place:TDABC2345", "spend:12". A pledge that is chosen so gets the
 * whole line.
 * @returns null where it is no choice
 */
export function readChoice(text: string, amountVnd: bigint): Decision | null {
  const [kind = '', value = ''] = text.split(/:(.*)/s)
  const given = {
    place: { kind, parts: [{ code: value, amountVnd }] },
    own_transfer: { kind, otherLineId: value },
    not_ours: { kind, otherLineId: value === '' ? null : value },
    refund_paid: { kind, refundId: value },
    refund_returned: { kind, refundId: value },
    spend: { kind, spendId: value },
    supplier_refund: { kind, spendId: value.split('/')[0], position: value.split('/')[1] },
    advance: { kind, advanceId: value },
    advance_returned: { kind, advanceId: value },
    payout: { kind, payoutId: value },
  }[kind]
  return decisionSchema.safeParse(given ?? { kind }).data ?? null
}

const amount = z.string().transform((text, issue) => {
  const vnd = parseVnd(text)
  if (vnd !== null) return vnd
  issue.addIssue('not an amount')
  return z.NEVER
})

/** What a rule looks for, as a form says it. */
export const patternSchema = z.object({
  words: z.string().max(200),
  direction: z.enum(['in', 'out']),
  leastVnd: amount,
  mostVnd: amount,
  decision: z.enum(['fee', 'interest', 'own_transfer']),
})
