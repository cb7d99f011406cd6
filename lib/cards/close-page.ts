import { and, eq } from 'drizzle-orm'
import { cardSessions } from '../../db/schema'
import type { CardAccount, ServerContext } from '../context'
import { stripeOf } from '../payments/stripe/client'
import { expirePage } from '../payments/stripe/page'

/**
 * Closes a page at Stripe, so that no card can be tried on it any more.
 * @returns false where Stripe does not close it, because it is paid or over already: `syncSession` tells which
 */
export async function closePage({ db }: ServerContext, account: CardAccount, stripeId: string): Promise<boolean> {
  if (!(await expirePage(stripeOf(account), stripeId))) return false
  const page = and(eq(cardSessions.stripeId, stripeId), eq(cardSessions.state, 'open'))
  await db.update(cardSessions).set({ state: 'expired' }).where(page)
  return true
}
