import { and, eq, isNull } from 'drizzle-orm'
import { funds, staffRoles } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { writeAudit } from './audit'
import { lockFund, tellRole } from './directors'
import { findOrAddMember, readPerson, type Person } from './members'
import { endSessions } from './sessions'

/** Gives a fund its first director, or the platform an operator: at the server, where nobody could appoint them. */
export async function invite(
  context: Context,
  wish: Person & { fundSlug: string | null },
): Promise<Result<{ staffId: string; roleId: bigint }, 'unknown_fund' | 'not_an_email' | 'no_name' | 'has_director' | 'held_already'>> {
  const now = context.now()
  const person = readPerson(wish)
  if (!person.ok) return person
  return context.db.transaction(async (tx) => {
    const { fundSlug } = wish
    const [fund] = fundSlug === null ? [] : await tx.select({ id: funds.id }).from(funds).where(eq(funds.slug, fundSlug))
    if (fundSlug !== null && !fund) return refuse('unknown_fund')
    if (fund) {
      await lockFund(tx, fund.id)
      const [director] = await tx
        .select({ id: staffRoles.id })
        .from(staffRoles)
        .where(and(eq(staffRoles.fundId, fund.id), eq(staffRoles.role, 'director'), isNull(staffRoles.endedAt)))
      if (director) return refuse('has_director')
    }
    const staffId = await findOrAddMember(tx, context, person.value)
    const role = fund ? 'director' : 'operator'
    const [made] = await tx
      .insert(staffRoles)
      .values({ staffId, fundId: fund?.id ?? null, role, appointedAt: now, effectiveFrom: now })
      .onConflictDoNothing()
      .returning({ id: staffRoles.id })
    if (!made) return refuse('held_already')
    if (fund) await tellRole(tx, { id: made.id, fundId: fund.id, role }, 'confirmed', now, now)
    await endSessions(tx, { now, staffId, why: 'role_changed' })
    await writeAudit(tx, {
      ...{ at: now, by: null, fundId: fund?.id ?? null, action: 'people.invite', outcome: 'done', about: { kind: 'role', id: made.id } },
      after: { staff: staffId, role },
    })
    return ok({ roleId: made.id, staffId })
  })
}
