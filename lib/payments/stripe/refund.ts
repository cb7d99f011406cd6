import Stripe from 'stripe'

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

/**
 * Refusals that no time changes (docs.stripe.com/error-codes). A dispute may be won, and a balance grow: one without a
 * code, or with another, may pass, and whether it does is for a person to say.
 */
const FOR_GOOD = new Set([
  ...['charge_already_refunded', 'charge_not_refundable', 'charge_invalid_parameter'],
  ...['amount_too_small', 'amount_too_large', 'parameter_invalid_integer'],
])

/** Why Stripe will never take a refund, as it names it; null where it may later. */
export function refusalForGood(error: unknown): string | null {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return null
  const { code } = error
  return code !== undefined && FOR_GOOD.has(code) ? code : null
}
