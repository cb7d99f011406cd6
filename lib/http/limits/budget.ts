import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Policy, PolicyName, Quota, Scope } from './policies'

/** Why a request is turned away, and when it is worth another try. */
export interface Refusal {
  policy: PolicyName
  scope: Scope
  quota: Quota
  retrySeconds: number
}

const SITE = 'site'

/**
 * Counts one policy, for each address and for the site. What an address was refused does not count for the site:
 * one that asks without end takes nothing from the others. While the site's own points are used up no address is
 * counted, so that the memory taken is bounded by them.
 */
export class Budget {
  readonly #address: RateLimiterMemory
  readonly #site: RateLimiterMemory

  constructor(
    readonly name: PolicyName,
    readonly policy: Policy,
  ) {
    this.#address = new RateLimiterMemory({ points: policy.address.points, duration: policy.address.seconds })
    this.#site = new RateLimiterMemory({ points: policy.site.points, duration: policy.site.seconds })
  }

  /**
   * Takes points for a request.
   * @returns null where there were enough
   */
  async take(visitor: string, points: number): Promise<Refusal | null> {
    const site = await current(this.#site, SITE)
    if (site && site.consumedPoints + points > this.policy.site.points) return this.#refusal('site', site)
    const own = await consume(this.#address, visitor, points)
    if (own.consumedPoints > this.policy.address.points) {
      // A refused request costs nothing: who waits as long as was said is let in.
      await this.#address.reward(visitor, points)
      return this.#refusal('address', own)
    }
    const all = await consume(this.#site, SITE, points)
    return all.consumedPoints > this.policy.site.points ? this.#refusal('site', all) : null
  }

  /** Gives points back: it was not as costly as feared. */
  async giveBack(visitor: string, points: number): Promise<void> {
    await Promise.all([this.#address.reward(visitor, points), this.#site.reward(SITE, points)])
  }

  /** Whether nothing is left, without taking anything. */
  async spent(visitor: string): Promise<Refusal | null> {
    const own = await current(this.#address, visitor)
    if (own && own.consumedPoints >= this.policy.address.points) return this.#refusal('address', own)
    const site = await current(this.#site, SITE)
    return site && site.consumedPoints >= this.policy.site.points ? this.#refusal('site', site) : null
  }

  #refusal(scope: Scope, { msBeforeNext }: RateLimiterRes): Refusal {
    return { policy: this.name, scope, quota: this.policy[scope], retrySeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) }
  }
}

/** Too few points are an answer here, not an error. */
async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key, points)
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal
    throw refusal
  }
}

/** What was counted, unless its time is over and it only waits to be forgotten. */
async function current(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes | null> {
  const counted = await limiter.get(key)
  return counted && counted.msBeforeNext > 0 ? counted : null
}
