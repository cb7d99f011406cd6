import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { cardSessions, pledges } from '../../db/schema'
import type { CardContext } from '../../lib/cards/keys'
import { recordCardFailure } from '../../lib/cards/risk'
import { makePledge } from './giving'

let made = 0

/** A page at the card company that somebody opened, without the card company. */
export async function makePage(
  context: CardContext,
  campaignSlug: string,
  { visitor = null, state = 'open' }: { visitor?: string | null; state?: 'open' | 'paid' } = {},
): Promise<{ id: bigint; fundId: number; code: string }> {
  made += 1
  const { code } = await makePledge(context, campaignSlug, { method: 'card' })
  const [pledge] = await context.db.select().from(pledges).where(eq(pledges.code, code))
  if (!pledge) throw new Error('no pledge')
  const now = context.now()
  const [page] = await context.db
    .insert(cardSessions)
    .values({
      ...{ fundId: pledge.fundId, pledgeId: pledge.id, attempt: 1, currency: 'vnd', amountMinor: 185_000n, state, visitor },
      ...{ stripeId: `cs_made_${made}`, url: 'https://example.org', createdAt: now, expiresAt: new Date(now.getTime() + 3_600_000) },
    })
    .returning({ id: cardSessions.id })
  if (!page) throw new Error('no page')
  return { ...page, fundId: pledge.fundId, code }
}

/** A card that fails on a page, unlike every other unless named. */
export function failCard(
  context: CardContext,
  page: { id: bigint; fundId: number },
  { card, charge }: { card?: string | null; charge?: string } = {},
): Promise<{ expireSession: boolean }> {
  made += 1
  const fingerprint = card === undefined ? `card ${made}` : card
  const failure = { chargeId: charge ?? `ch_made_${made}`, fundId: page.fundId, sessionId: page.id, fingerprint, failedAt: context.now() }
  return context.db.transaction((tx) => recordCardFailure(tx, context, failure))
}

const challengeShape = z.object({
  parameters: z.looseObject({
    algorithm: z.string(),
    nonce: z.string(),
    salt: z.string(),
    cost: z.number(),
    keyLength: z.number(),
    keyPrefix: z.string(),
  }),
  signature: z.string(),
})

/** Does the work that a browser would do, and says it as the form does. */
export async function solve(challenge: string): Promise<string> {
  const read = challengeShape.parse(JSON.parse(challenge))
  const solution = await solveChallenge({ challenge: read, deriveKey })
  return Buffer.from(JSON.stringify({ challenge: read, solution })).toString('base64')
}
