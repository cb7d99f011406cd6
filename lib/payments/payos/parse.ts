import { z } from 'zod'
import { accountNumber, localMoment } from '../fields'

/** The signed part of payOS' webhook, as documented; what we do not read is not checked, and nothing outside is signed. */
const payment = z.object({
  amount: z.int().positive(),
  description: z.string(),
  accountNumber,
  reference: z.string().max(128),
  transactionDateTime: localMoment,
  currency: z.literal('VND'),
  paymentLinkId: z.string().min(1).max(128),
  code: z.literal('00'),
})

/** What payOS sends when the address of a webhook is confirmed. */
const testPayment = z.object({ orderCode: z.literal(123), description: z.literal('VQRIO123'), reference: z.literal('TF230204212323') })

const call = z.object({ data: z.unknown() })

/**
 * Reads the body of a payOS webhook: one payment that arrived. One payment link may be paid more than once, so a
 * payment is known by its link and the bank's reference.
 * @returns the payment, null where it is none; empty where the webhook was only tried out
 */
export function parsePayosBody(body: unknown) {
  const data = call.safeParse(body).data?.data
  if (testPayment.safeParse(data).success) return []
  const parsed = payment.safeParse(data)
  if (!parsed.success) return [null]
  const { amount, description, accountNumber, reference, transactionDateTime, paymentLinkId } = parsed.data
  return [
    {
      provider: 'payos' as const,
      providerEventId: `${paymentLinkId}:${reference}`,
      accountNumber,
      direction: 'in' as const,
      amountVnd: BigInt(amount),
      reference,
      memo: description,
      transactedAt: transactionDateTime,
      runningBalanceVnd: null,
      body,
    },
  ]
}
