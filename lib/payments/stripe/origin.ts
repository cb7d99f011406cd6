/**
 * Where the hosted pages of an API are: Stripe's own stand elsewhere than its API, those of what stands in for it beside
 * it. A form of ours may lead there.
 */
export const pageOriginOf = (apiUrl: string): string => {
  const { host, origin } = new URL(apiUrl)
  return host === 'api.stripe.com' ? 'https://checkout.stripe.com' : origin
}
