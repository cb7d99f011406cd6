import { createHmac, hkdfSync } from 'node:crypto'
import type { CardSettings, Context } from '../context'
import { ADDRESS_HEADER, networkOf } from '../http/limits/visitor'
import { dayOf } from '../time/day'

/** What the risk of cards is judged with: a context that knows the accounts at Stripe. */
export type CardContext = Context & { cards: CardSettings }

/**
 * A key of this installation for one purpose. It is made of the secret keys at Stripe, which every process of the
 * installation has and no database: whoever holds only a copy of the database can neither find an address by trying
 * all of them nor forge a solution; whoever also has the settings can do both, and could do worse (docs/decisions/0018).
 * With another key at Stripe it is another one: counts by address and solutions under way begin anew.
 */
export function riskKey({ cards, installation }: Pick<CardContext, 'cards' | 'installation'>, purpose: string): Buffer {
  const secrets = [...cards.accounts.values()].map(({ fundSlug, secretKey }) => `${fundSlug}:${secretKey}`).toSorted()
  return Buffer.from(hkdfSync('sha256', secrets.join('\n'), installation.uid, `tung-dong/card-risk/v1/${purpose}`, 32))
}

const hash = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)

/**
 * A name for an address, for counting only: the same for one IPv4 address or one IPv6 network (/64), another one each
 * day of Việt Nam, so that no copy of the database can follow anybody from day to day.
 * @param address as the door saw it
 */
export const visitorHash = (context: CardContext, address: string): string =>
  hash(riskKey(context, `visitor/${dayOf(context.now())}`), networkOf(address))

/** Who sent a request, as the door told its handler; null where nothing is limited. */
export function visitorBehind(context: CardContext, headers: Headers): string | null {
  const address = headers.get(ADDRESS_HEADER)
  return address === null ? null : visitorHash(context, address)
}

/** A name for a card, for counting only; it says nothing of the number, of which Stripe's fingerprint is no part. */
export const cardHash = (context: CardContext, fingerprint: string): string => hash(riskKey(context, 'card'), fingerprint)
