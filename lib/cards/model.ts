/** Why a donor can't be sent to the card company's page. In each case nothing was charged, and the pledge stands. */
export type OpenRefusal =
  /** No pledge has the code. */
  | 'not_found'
  /** It was paid, cancelled, or its campaign takes nothing any more. */
  | 'not_open'
  /** The fund takes no cards, or not this sum. */
  | 'no_cards'
  /** Cards are closed for a while, because somebody tries stolen ones. */
  | 'paused'
  /** Stripe did not answer, or refused. */
  | 'unreachable'
