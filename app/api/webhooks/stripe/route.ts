import { receiveStripeWebhook } from '@/lib/cards/inbox'

/** Stripe tells that something happened to a gift by card. */
export const POST = receiveStripeWebhook
