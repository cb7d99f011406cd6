import { z } from 'zod'
import { accountNumber, lineId, localMoment, optionalText, optionalVnd } from '../fields'

/** The body of SePay's webhook, as documented; what we do not read is not checked. */
const sepayBody = z.object({
  id: lineId,
  transactionDate: localMoment,
  accountNumber,
  content: optionalText,
  description: optionalText,
  transferType: z.enum(['in', 'out']),
  transferAmount: z.int().positive(),
  accumulated: optionalVnd,
  referenceCode: optionalText,
})

/**
 * Reads the body of a SePay webhook (docs.sepay.vn, "Tích hợp webhooks"). SePay's own `code` is not read:
 * codes are matched on the memo.
 * @returns null where it is not such a body
 */
export function parseSepayBody(body: unknown) {
  const parsed = sepayBody.safeParse(body)
  if (!parsed.success) return null
  const { id, transactionDate, accountNumber, content, description, transferType, transferAmount, accumulated, referenceCode } = parsed.data
  return {
    provider: 'sepay' as const,
    providerEventId: id,
    accountNumber,
    direction: transferType,
    amountVnd: BigInt(transferAmount),
    reference: referenceCode,
    memo: content || description || '',
    transactedAt: transactionDate,
    runningBalanceVnd: knownBalance(transferType, accumulated === null ? null : BigInt(accumulated)),
    body,
  }
}

/** A running balance of 0 after money came in means that the bank did not tell. */
export const knownBalance = (direction: 'in' | 'out', balanceVnd: bigint | null): bigint | null =>
  balanceVnd === null || (direction === 'in' && balanceVnd <= 0n) ? null : balanceVnd
