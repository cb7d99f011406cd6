import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import { Budget, type Refusal } from './budget'
import { MISS_POINTS, POLICIES, type Policies, type PolicyName } from './policies'
import { ruleOf, sameCode } from './rules'
import { ADDRESS_HEADER, addressOf, visitorOf, type Visitor } from './visitor'

export interface LimitsOptions {
  /** How many proxies of ours stand in front and write X-Forwarded-For. */
  trustedProxies: number
  /** Other numbers than the product's, for tests. */
  policies?: Policies
  /** Told once, when a request was forwarded although no proxy is trusted: then all visitors may count as one. */
  onUntrustedProxy: () => void
}

export type Admission =
  | { kind: 'in' }
  | { kind: 'out'; refusal: Refusal }
  /** A notice of the bank, from where many were refused: let in to be verified, and told this where it is refused again. */
  | { kind: 'suspect'; refusal: Refusal }

export interface Limits {
  /**
   * Counts a request, and whatever comes of it once it is answered.
   * @returns null where nothing is limited
   */
  admit: (request: IncomingMessage, response: ServerResponse, url: string) => Admission | null
  /** Counts a page that has to be made for a request. @returns null where it may be */
  admitRender: (request: IncomingMessage) => Refusal | null
  /** A name for all who share a network, and take turns with everybody else. */
  crowdOf: (request: IncomingMessage) => string
}

const IN: Admission = { kind: 'in' }
const MOST_FOLLOWED = 100_000

/** Counts requests in the memory of this process. Addresses are counted under names that mean nothing elsewhere. */
export function createLimits({ trustedProxies, policies = POLICIES, onUntrustedProxy }: LimitsOptions): Limits {
  const budgetOf = (name: PolicyName) => new Budget(name, policies[name])
  const budgets: Record<PolicyName, Budget> = {
    render: budgetOf('render'),
    give: budgetOf('give'),
    codes: budgetOf('codes'),
    follow: budgetOf('follow'),
    poll: budgetOf('poll'),
    links: budgetOf('links'),
    files: budgetOf('files'),
    change: budgetOf('change'),
    card: budgetOf('card'),
    'card-gift': budgetOf('card-gift'),
    webhook: budgetOf('webhook'),
    'sign-in': budgetOf('sign-in'),
    console: budgetOf('console'),
    'test-bank': budgetOf('test-bank'),
  }
  /** Codes that a visitor follows already: asking again and again for the same one is what waiting pages do. */
  const followed = new LRUCache<string, true>({
    max: MOST_FOLLOWED,
    ttl: policies.codes.address.seconds * 1_000,
    updateAgeOnGet: true,
  })
  let isWarned = false

  const followCode = (visitor: Visitor, code: string, response: ServerResponse): Admission => {
    const key = keyOf(visitor, code)
    if (followed.get(key)) return IN
    // Charged as a miss until it is known to be none, or many could be tried at once.
    const refusal = budgets.codes.take(visitor, MISS_POINTS)
    if (refusal) return { kind: 'out', refusal }
    followed.set(key, true)
    onceAnswered(response, () => {
      if (response.statusCode !== 404) budgets.codes.giveBack(visitor, MISS_POINTS - 1)
    })
    return IN
  }

  /** Whoever has just given, or opened a gift with its key, follows its code from then on. */
  const rememberGift = (visitor: Visitor, response: ServerResponse): boolean => {
    const code = giftOf(response)
    if (code !== undefined) followed.set(keyOf(visitor, code), true)
    return code !== undefined
  }

  const admitUnder = (policy: PolicyName, code: string | null, visitor: Visitor, response: ServerResponse): Admission => {
    if (policy === 'webhook') {
      onceAnswered(response, () => {
        if (response.statusCode === 401 || response.statusCode === 403) budgets.webhook.take(visitor, 1)
      })
      const refusal = budgets.webhook.spent(visitor)
      return refusal ? { kind: 'suspect', refusal } : IN
    }
    const budget = budgets[policy]
    const isKeyed = policy === 'change' || policy === 'card'
    const points = isKeyed ? MISS_POINTS : 1
    const gift: Visitor | null = policy === 'card' && code !== null ? { address: sameCode(code), network: null } : null
    const ofGift = gift && budgets['card-gift'].spent(gift)
    if (ofGift) return { kind: 'out', refusal: ofGift }
    // A form that makes no pledge costs the site nothing, or a few who send empty ones could shut out all.
    const refusal = policy === 'give' ? (budget.spent(visitor) ?? budget.takeOwn(visitor, points)) : budget.take(visitor, points)
    if (refusal) return { kind: 'out', refusal }
    if (isKeyed || policy === 'give') {
      onceAnswered(response, () => {
        if (isWrongKey(response)) return
        const isGift = rememberGift(visitor, response)
        if (policy === 'give' && isGift) budgets.give.chargeSite(1)
        if (isKeyed) budget.giveBack(visitor, MISS_POINTS - 1)
        // Counted once the key was right, or a stranger could keep a donor from paying.
        if (gift) budgets['card-gift'].takeOwn(gift, 1)
      })
    }
    return code !== null && (policy === 'follow' || policy === 'poll') ? followCode(visitor, code, response) : IN
  }

  return {
    admit(request, response, url) {
      const rule = ruleOf(request.method ?? 'GET', url)
      if (!rule) return null
      if (trustedProxies === 0 && !isWarned && request.headers['x-forwarded-for'] !== undefined) {
        isWarned = true
        onUntrustedProxy()
      }
      // Cards that fail are counted by address over all processes; no other handler learns it.
      if (rule.tellsAddress) request.headers[ADDRESS_HEADER] = addressOf(request, trustedProxies)
      return admitUnder(rule.policy, rule.code, visitorOf(request, trustedProxies), response)
    },
    admitRender: (request) => budgets.render.take(visitorOf(request, trustedProxies), 1),
    crowdOf(request) {
      const { address, network } = visitorOf(request, trustedProxies)
      return network ?? address
    },
  }
}

/** Runs when a response was sent whole. One that was broken off stays charged as it was. */
function onceAnswered(response: ServerResponse, then: () => void): void {
  response.once('finish', then)
}

const keyOf = (visitor: Visitor, code: string): string => `${visitor.address} ${sameCode(code)}`

const locationOf = (response: ServerResponse): string => String(response.getHeader('location') ?? '')

/** The code of the gift that an answer leads to; one by card leads elsewhere, and its key's cookie names it. */
function giftOf(response: ServerResponse): string | undefined {
  const set = [response.getHeader('set-cookie') ?? []].flat().map(String)
  const key = set.map((cookie) => /^(?:__Secure-)?tdk_(\w+)=/.exec(cookie)?.[1]).find((code) => code !== undefined)
  return /\/theo-doi\/([^/?#]+)(?:[?#]|$)/.exec(locationOf(response))?.[1] ?? key
}

/** The forms and the private link answer so where the key is not the gift's. */
export const isWrongKey = (response: ServerResponse): boolean => /[?&](?:loi=khong|the=khong-khoa)\b|\/khoa$/.test(locationOf(response))
