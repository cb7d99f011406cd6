import type Stripe from 'stripe'

/**
 * Sends money of a charge back to its card. The same key is one refund, whatever is cut off or tried again within a day:
 * Stripe forgets it then.
 * @returns Stripe's id of it
 */
export async function makeRefund(
  stripe: Stripe,
  { chargeId, amountMinor, key }: { chargeId: string; amountMinor: bigint; key: string },
): Promise<string> {
  const { id } = await stripe.refunds.create(
    { charge: chargeId, amount: Number(amountMinor), metadata: { refund: key } },
    { idempotencyKey: `tung-dong/refund/${key}` },
  )
  return id
}
