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
  readonly #site: RateLimiterMemory | null

  constructor(
    readonly name: PolicyName,
    readonly policy: Policy,
  ) {
    this.#address = new RateLimiterMemory({ points: policy.address.points, duration: policy.address.seconds })
    this.#site = policy.site && new RateLimiterMemory({ points: policy.site.points, duration: policy.site.seconds })
  }

  /**
   * Takes points for a request.
   * @returns null where there were enough
   */
  async take(visitor: string, points: number): Promise<Refusal | null> {
    const full = await this.#full(points)
    if (full) return full
    const refusal = await this.takeOwn(visitor, points)
    if (refusal) return refusal
    await this.chargeSite(points)
    return null
  }

  /** Takes points of an address alone: what it asks for costs the others nothing that is counted. */
  async takeOwn(visitor: string, points: number): Promise<Refusal | null> {
    const own = await consume(this.#address, visitor, points)
    if (own.consumedPoints <= this.policy.address.points) return null
    // A refused request costs nothing: who waits as long as was said is let in.
    await this.#address.reward(visitor, points)
    return this.#refusal('address', this.policy.address, own)
  }

  /** Counts for the site what really came of a request that an address was let in with. */
  async chargeSite(points: number): Promise<void> {
    if (this.#site) await consume(this.#site, SITE, points)
  }

  /** Gives points back: it was not as costly as feared. */
  async giveBack(visitor: string, points: number): Promise<void> {
    await Promise.all([this.#address.reward(visitor, points), this.#site?.reward(SITE, points)])
  }

  /** Whether nothing is left, without taking anything. */
  async spent(visitor: string): Promise<Refusal | null> {
    const own = await current(this.#address, visitor)
    if (own && own.consumedPoints >= this.policy.address.points) return this.#refusal('address', this.policy.address, own)
    return this.#full(1)
  }

  /** Whether the site has fewer points left than are asked for. */
  async #full(points: number): Promise<Refusal | null> {
    const quota = this.policy.site
    const site = this.#site && (await current(this.#site, SITE))
    return quota && site && site.consumedPoints + points > quota.points ? this.#refusal('site', quota, site) : null
  }

  #refusal(scope: Scope, quota: Quota, { msBeforeNext }: RateLimiterRes): Refusal {
    return { policy: this.name, scope, quota, retrySeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) }
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
