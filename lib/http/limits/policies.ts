/** So many points in so many seconds, counted from the first. */
export interface Quota {
  points: number
  seconds: number
}

export interface Policy {
  /** For one visitor's address. Hundreds of phones may share one (carrier-grade NAT), so these are high. */
  address: Quota
  /** For everybody together, in this process; null where nothing needs it. */
  site: Quota | null
  /** What an address may take when the site has nothing left: a few who use it all up must not shut out the others. */
  share?: number
}

/** A wrong code, or a key that does not fit, weighs as much as this many right ones. */
export const MISS_POINTS = 10
/** A /48 network of IPv6 may take so many times what one address may: phones of a whole district can share one. */
export const NETWORK_FACTOR = 10

/**
 * What may be done how often. docs/operations.md gives the reasons for each number; several processes allow as many
 * times as much, each counting for itself.
 */
export const POLICIES = {
  /** Pages made for one visitor, or that nobody has asked for since the last change. Kept ones cost nothing. */
  render: { address: { points: 1_200, seconds: 60 }, site: null },
  /** Making a pledge. The site counts those that were made, an address what it sent. */
  give: { address: { points: 300, seconds: 600 }, site: { points: 1_800, seconds: 60 }, share: 5 },
  /** Following different codes: one point for a code that exists, ten for one that does not. */
  codes: { address: { points: 600, seconds: 600 }, site: null },
  /** Pages of gifts and of the look-up, whatever the code. */
  follow: { address: { points: 600, seconds: 60 }, site: null },
  /** Waiting pages that ask whether their gift has moved: each asks 24 times a minute. */
  poll: { address: { points: 6_000, seconds: 60 }, site: null },
  /** Pictures of links, and how to embed a page: drawn or read for each who asks. */
  links: { address: { points: 600, seconds: 60 }, site: null },
  /** Photos and papers: whether each may be shown is asked each time. A page has a dozen, and browsers keep them. */
  files: { address: { points: 3_000, seconds: 60 }, site: null },
  /** Changing and cancelling, and opening private links: one point, ten where the key does not fit. */
  change: { address: { points: 300, seconds: 600 }, site: { points: 6_000, seconds: 600 }, share: 3 * MISS_POINTS },
  /** Opening the card company's page: one point, ten where the key does not fit. */
  card: { address: { points: 300, seconds: 600 }, site: { points: 3_000, seconds: 600 }, share: 3 * MISS_POINTS },
  /** The same for one gift, whoever asks with its key. */
  'card-gift': { address: { points: 30, seconds: 600 }, site: null },
  /** Notices of the bank that were refused. Authentic ones are never counted and never limited. */
  webhook: { address: { points: 60, seconds: 600 }, site: { points: 600, seconds: 600 } },
  /** Signing in: asking for a link, using one, codes of the second factor. */
  'sign-in': { address: { points: 60, seconds: 600 }, site: { points: 1_200, seconds: 600 }, share: 20 },
  /** Pages and buttons of the console: an office may share an address, and nothing of it is kept. */
  console: { address: { points: 3_000, seconds: 60 }, site: null },
  /** Sending at the test bank of a sample. */
  'test-bank': { address: { points: 120, seconds: 60 }, site: { points: 600, seconds: 60 } },
} as const satisfies Record<string, Policy>

export type PolicyName = keyof typeof POLICIES
export type Policies = Record<PolicyName, Policy>
export type Scope = 'address' | 'network' | 'site'
