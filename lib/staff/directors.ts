import { and, eq, isNull, lte, notInArray } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { funds, staffRoles } from '../../db/schema'
import { appendEvent } from '../events/append'
import { dayOf } from '../time/day'
import { COUNTED_ROLES, type Role } from './model'

/** Who works for a fund changes one after another. Money that comes in refers to the fund and does not wait for it. */
export const lockFund = (tx: Transaction, fundId: number) =>
  tx.select({ id: funds.id }).from(funds).where(eq(funds.id, fundId)).for('no key update')

/** Whether a fund has a director in effect besides some people. */
export async function hasOtherDirector(tx: Transaction, fundId: number, now: Date, but: string[]): Promise<boolean> {
  const [other] = await tx
    .select({ id: staffRoles.id })
    .from(staffRoles)
    .where(
      and(
        eq(staffRoles.fundId, fundId),
        eq(staffRoles.role, 'director'),
        isNull(staffRoles.endedAt),
        lte(staffRoles.effectiveFrom, now),
        notInArray(staffRoles.staffId, but),
      ),
    )
    .limit(1)
  return other !== undefined
}

/** Roles that count in a two-person rule are a public matter: the role and the day, never the name. */
export async function tellRole(
  tx: Transaction,
  role: { id: bigint; fundId: number | null; role: Role },
  change: 'proposed' | 'confirmed' | 'withdrawn' | 'ended',
  now: Date,
  effectiveFrom: Date | null,
): Promise<void> {
  if (!COUNTED_ROLES.has(role.role)) return
  await appendEvent(tx, {
    ...{ kind: 'appointment', idempotencyKey: `appointment:${role.id}:${change}`, fundId: role.fundId, day: dayOf(now) },
    facts: { appointment: String(role.id), role: role.role, change, effectiveFrom: effectiveFrom?.toISOString() ?? null },
    createdAt: now,
  })
}
