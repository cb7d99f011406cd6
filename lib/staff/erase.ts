import { and, eq, isNull } from 'drizzle-orm'
import { staffMembers, staffRoles } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { writeAudit } from './audit'
import { writtenAddress } from './members'
import { endSessions } from './sessions'

/**
 * Erases what is known of somebody who has worked for a fund: address and name. What they did stays, told by an id that
 * leads to nobody.
 * Refuses: an address of nobody; somebody who has a role, or waits for one.
 */
export async function eraseStaff(context: Context, email: string): Promise<Result<{ staffId: string }, 'not_found' | 'still_working'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [member] = await tx
      .select()
      .from(staffMembers)
      .where(eq(staffMembers.email, writtenAddress(email)))
      .for('update')
    if (!member) return refuse('not_found')
    const [role] = await tx
      .select({ id: staffRoles.id })
      .from(staffRoles)
      .where(and(eq(staffRoles.staffId, member.id), isNull(staffRoles.endedAt)))
    if (role) return refuse('still_working')
    await endSessions(tx, { now, staffId: member.id, why: 'erased' })
    await tx.update(staffMembers).set({ email: null, name: null, erasedAt: now }).where(eq(staffMembers.id, member.id))
    const about = { kind: 'person', id: member.id }
    await writeAudit(tx, { at: now, by: null, fundId: null, action: 'people.erase', outcome: 'done', about })
    return ok({ staffId: member.id })
  })
}
