import { and, eq, inArray, isNull, lt, notExists, sql, type SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { cardDisputes, cardMovements, cardWarnings, donations, refunds, unreadDecisions } from '../../db/schema'
import type { Context } from '../context'
import { returnedVndOf } from '../donations/returned'

/** An approved refund that Stripe has not taken for so long waits for something that a person should look at. */
const LONG_MS = 24 * 60 * 60_000

/** How much of gifts by card waits for a person. */
export interface CardsWaiting {
  /** Changes of the balance at Stripe that nobody understood: in no book until a person decides. */
  movements: number
  /** Refunds that one person asked for and another has to decide. */
  refundsAsked: number
  /** Refunds that were approved more than a day ago, and that Stripe has not taken. */
  refundsUnsent: number
  /** Gifts of which a bank fears that their card was stolen, and that nobody has looked at. */
  warnings: number
}

/** Counts what waits. The conditions are those of the indexes that hold just these rows. */
export async function countCardsWaiting({ db, now }: Pick<Context, 'db' | 'now'>): Promise<CardsWaiting> {
  const count = (table: PgTable, where: SQL | undefined) => db.$count(table, where)
  const longAgo = new Date(now().getTime() - LONG_MS)
  const [movements, refundsAsked, refundsUnsent, warned] = await Promise.all([
    count(
      cardMovements,
      and(
        sql`${cardMovements.kind} = 'not_understood'`,
        sql`not exists (select 1 from ${unreadDecisions} d where d.movement_id = ${cardMovements.stripeId} and d.undone_at is null and d.kind <> 'wait')`,
      ),
    ),
    count(refunds, sql`${refunds.state} = 'requested'`),
    count(
      refunds,
      and(
        ...[sql`${refunds.state} = 'approved'`, lt(refunds.decidedAt, longAgo)],
        sql`exists (select 1 from ${donations} where ${donations.id} = ${refunds.donationId} and ${donations.cardPaymentId} is not null)`,
      ),
    ),
    db
      .select({ id: cardWarnings.stripeId })
      .from(cardWarnings)
      .innerJoin(donations, eq(donations.id, cardWarnings.donationId))
      .where(
        and(
          isNull(cardWarnings.seenAt),
          // What goes back already, or is disputed, needs no second look.
          notExists(db.select({ id: cardDisputes.stripeId }).from(cardDisputes).where(eq(cardDisputes.donationId, donations.id))),
          notExists(
            db
              .select({ id: refunds.id })
              .from(refunds)
              .where(and(eq(refunds.donationId, donations.id), inArray(refunds.state, ['requested', 'approved', 'sent']))),
          ),
          sql`${returnedVndOf(donations.id)} < ${donations.amountVnd}`,
        ),
      ),
  ])
  return { movements, refundsAsked, refundsUnsent, warnings: warned.length }
}
