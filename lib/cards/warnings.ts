import { and, eq, inArray, isNull } from 'drizzle-orm'
import { cardPayments, cardWarnings, donations } from '../../db/schema'
import type { CardAccount, Context, ServerContext } from '../context'
import { NotLaidYet } from '../money-line/uses'
import { stripeOf } from '../payments/stripe/client'
import type { CardWarning } from '../payments/stripe/model'
import { listWarnings, readWarning } from '../payments/stripe/read'
import { ok, refuse, type Result } from '../result'
import { syncCharge } from './sync'

/** Stripe tells of a warning when a bank does: within days of the gift, and by webhook for three days. */
const LOOK_BACK_MS = 14 * 86_400_000

/** Asks Stripe about a bank's warning, and keeps it with its gift for a person. It moves no money by itself. */
export async function syncWarning(context: ServerContext, account: CardAccount, stripeId: string): Promise<void> {
  const warning = await readWarning(stripeOf(account), stripeId)
  if (!warning) throw new Error(`Stripe told of warning ${stripeId} and does not know it`)
  await keepWarning(context, account, warning)
}

/** The warnings of the last two weeks of which no webhook told. */
export async function listMissedWarnings(context: ServerContext, account: CardAccount): Promise<CardWarning[]> {
  const warnings = await listWarnings(stripeOf(account), new Date(context.now().getTime() - LOOK_BACK_MS))
  if (warnings.length === 0) return []
  const ids = warnings.map(({ stripeId }) => stripeId)
  const rows = await context.db.select({ id: cardWarnings.stripeId }).from(cardWarnings).where(inArray(cardWarnings.stripeId, ids))
  const known = new Set(rows.map(({ id }) => id))
  return warnings.filter(({ stripeId }) => !known.has(stripeId))
}

/** Keeps a warning with its gift; throws `NotLaidYet` where that is not booked yet. */
export async function keepWarning(
  context: ServerContext,
  account: CardAccount,
  { stripeId, chargeId, fraudType, warnedAt }: CardWarning,
): Promise<void> {
  await syncCharge(context, account, chargeId)
  const [gift] = await context.db
    .select({ donationId: donations.id })
    .from(donations)
    .innerJoin(cardPayments, eq(cardPayments.id, donations.cardPaymentId))
    .where(eq(cardPayments.chargeId, chargeId))
  if (!gift) throw new NotLaidYet(`the gift that warning ${stripeId} is about is not booked yet`)
  await context.db
    .insert(cardWarnings)
    .values({ stripeId, ...gift, fraudType, warnedAt })
    .onConflictDoNothing()
}

/** Says that a person looked at a warning and leaves the gift where it is. One who wants it to go back asks for a refund instead. */
export async function seeWarning(
  { db, now }: Context,
  { stripeId, by }: { stripeId: string; by: string },
): Promise<Result<null, 'not_found_or_seen'>> {
  const seen = await db
    .update(cardWarnings)
    .set({ seenBy: by, seenAt: now() })
    .where(and(eq(cardWarnings.stripeId, stripeId), isNull(cardWarnings.seenAt)))
    .returning({ id: cardWarnings.stripeId })
  return seen.length > 0 ? ok(null) : refuse('not_found_or_seen')
}
