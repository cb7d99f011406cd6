import { Counter } from './counter'
import { NETWORK_FACTOR, type Policy, type PolicyName, type Quota, type Scope } from './policies'
import type { Visitor } from './visitor'

/** Why a request is turned away, and when it is worth another try. */
export interface Refusal {
  policy: PolicyName
  scope: Scope
  quota: Quota
  retrySeconds: number
}

const SITE = 'site'

/**
 * Counts one policy, for each address, each IPv6 network of addresses, and the site. What an address was refused
 * counts nowhere: who waits as long as was said is let in, and one that asks without end takes nothing from the others.
 */
export class Budget {
  readonly #address: Counter
  readonly #network: Counter
  readonly #site: Counter | null

  constructor(
    readonly name: PolicyName,
    readonly policy: Policy,
  ) {
    this.#address = new Counter(policy.address)
    this.#network = new Counter({ ...policy.address, points: policy.address.points * NETWORK_FACTOR })
    this.#site = policy.site && new Counter(policy.site)
  }

  /**
   * Takes points for a request.
   * @returns null where there were enough
   */
  take(visitor: Visitor, points: number): Refusal | null {
    const refusal = this.#ofSite(visitor, points) ?? this.takeOwn(visitor, points)
    if (!refusal) this.chargeSite(points)
    return refusal
  }

  /** Takes points of an address and its network alone: what it asks for costs the others nothing that is counted. */
  takeOwn(visitor: Visitor, points: number): Refusal | null {
    const refusal = this.#ofVisitor(visitor, points)
    if (refusal) return refusal
    this.#address.add(visitor.address, points)
    if (visitor.network !== null) this.#network.add(visitor.network, points)
    return null
  }

  /** Counts for the site what really came of a request that an address was let in with. */
  chargeSite(points: number): void {
    this.#site?.add(SITE, points)
  }

  /** Gives points back: it was not as costly as feared. */
  giveBack(visitor: Visitor, points: number): void {
    this.#address.add(visitor.address, -points)
    if (visitor.network !== null) this.#network.add(visitor.network, -points)
    this.chargeSite(-points)
  }

  /** Whether nothing is left, without taking anything. */
  spent(visitor: Visitor): Refusal | null {
    return this.#ofVisitor(visitor, 1) ?? this.#ofSite(visitor, 1)
  }

  #ofVisitor({ address, network }: Visitor, points: number): Refusal | null {
    return (
      (network === null ? null : this.#refusal('network', this.#network, network, points)) ??
      this.#refusal('address', this.#address, address, points)
    )
  }

  /** Whether the site has too few points left, and the address has had its share of what comes after them. */
  #ofSite({ address }: Visitor, points: number): Refusal | null {
    if (!this.#site || this.#address.count(address) + points <= (this.policy.share ?? 0)) return null
    return this.#refusal('site', this.#site, SITE, points)
  }

  #refusal(scope: Scope, counter: Counter, key: string, points: number): Refusal | null {
    const { quota } = counter
    if (counter.count(key) + points <= quota.points) return null
    return { policy: this.name, scope, quota, retrySeconds: counter.secondsLeft(key) }
  }
}
