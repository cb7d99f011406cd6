import type Stripe from 'stripe'

/** Sends money of a charge back to its card. The same key is one refund, whatever is cut off or tried again. */
export async function makeRefund(
  stripe: Stripe,
  { chargeId, amountMinor, key }: { chargeId: string; amountMinor: bigint; key: string },
): Promise<void> {
  await stripe.refunds.create(
    { charge: chargeId, amount: Number(amountMinor), metadata: { refund: key } },
    { idempotencyKey: `tung-dong/refund/${key}` },
  )
}
