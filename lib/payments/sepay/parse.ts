import { z } from 'zod'
import { parseLocalMoment } from '../../time/day'

const text = z.union([z.string(), z.null()]).default(null)

/** The body of SePay's webhook, as documented; what we do not read is not checked. */
const sepayBody = z.object({
  id: z.union([z.int().positive().transform(String), z.string().regex(/^[\w-]{1,64}$/)]),
  transactionDate: z.string().transform((value, context) => {
    const moment = parseLocalMoment(value)
    if (!moment) context.addIssue({ code: 'custom', message: 'not a date' })
    return moment ?? new Date(0)
  }),
  accountNumber: z.string().min(1).max(64),
  content: text,
  description: text,
  transferType: z.enum(['in', 'out']),
  transferAmount: z.int().positive(),
  accumulated: z.union([z.int(), z.null()]).default(null),
  referenceCode: text,
})

/**
 * Reads the body of a SePay webhook (docs.sepay.vn, "Tích hợp webhooks"). SePay's own `code` is not read:
 * codes are matched on the memo. A running balance of 0 after money came in means the bank did not tell.
 * @returns null where it is not such a body
 */
export function parseSepayBody(body: unknown) {
  const parsed = sepayBody.safeParse(body)
  if (!parsed.success) return null
  const { id, transactionDate, accountNumber, content, description, transferType, transferAmount, accumulated, referenceCode } = parsed.data
  const hasBalance = accumulated !== null && !(transferType === 'in' && accumulated <= 0)
  return {
    provider: 'sepay',
    providerEventId: id,
    accountNumber,
    direction: transferType,
    amountVnd: BigInt(transferAmount),
    reference: referenceCode,
    memo: content || description || '',
    transactedAt: transactionDate,
    runningBalanceVnd: hasBalance ? BigInt(accumulated) : null,
    body,
  }
}
