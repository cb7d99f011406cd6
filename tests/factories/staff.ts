import { and, eq } from 'drizzle-orm'
import { funds, staffCommunes, staffMembers, staffRoles, staffSessions } from '../../db/schema'
import type { Context } from '../../lib/context'
import type { Role, StaffSession } from '../../lib/staff/model'
import { beginSession } from '../../lib/staff/sessions'
import type { FundSlug } from './site'

/** Somebody who works for a fund and is signed in. */
export interface MadeStaff {
  staffId: string
  /** What `act` is given. */
  session: StaffSession
}

const NETWORK = '192.0.2.0/24'
/** Two who appointed everybody that a test begins with, and do nothing else. */
const APPOINTERS = ['nguoi-cu-mot', 'nguoi-cu-hai']

/** The id of a fund by its slug. */
export async function fundIdOf(context: Context, slug: FundSlug): Promise<number> {
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, slug))
  if (!fund) throw new Error(`no fund ${slug}`)
  return fund.id
}

/**
 * Somebody with a role that is in effect, signed in with both factors. Called again with the same id, they have one
 * role more, and a session more.
 * @param fund null for an operator
 */
export async function makeStaff(
  context: Context,
  { id, role, fund, communeIds = [] }: { id: string; role: Role; fund: FundSlug | null; communeIds?: number[] },
): Promise<MadeStaff> {
  const now = context.now()
  const person = (staffId: string) => ({
    id: staffId,
    name: staffId,
    email: `${staffId}@example.com`,
    locale: 'vi' as const,
    createdAt: now,
  })
  const people = [...APPOINTERS, id].map(person)
  await context.db.insert(staffMembers).values(people).onConflictDoNothing()
  const by = fund === null ? {} : { appointedBy: APPOINTERS[0], confirmedBy: APPOINTERS[1], confirmedAt: now }
  const [made] = await context.db
    .insert(staffRoles)
    .values({
      staffId: id,
      fundId: fund === null ? null : await fundIdOf(context, fund),
      role,
      appointedAt: now,
      effectiveFrom: now,
      ...by,
    })
    .returning({ id: staffRoles.id })
  if (!made) throw new Error('no role')
  if (communeIds.length > 0) await context.db.insert(staffCommunes).values(communeIds.map((unitId) => ({ roleId: made.id, unitId })))
  return { staffId: id, session: await signIn(context, id) }
}

/** A session of somebody who showed both factors. */
export async function signIn(context: Context, staffId: string): Promise<StaffSession> {
  const now = context.now()
  const sessionId = await beginSession(context.db, { now, staffId, network: NETWORK, idleSeconds: 1_800 })
  await context.db.update(staffSessions).set({ secondFactorAt: now }).where(eq(staffSessions.id, sessionId))
  return { sessionId, network: NETWORK }
}

/** The id of a role that somebody holds, or waits for. */
export async function roleIdOf(context: Context, staffId: string, role: Role): Promise<bigint> {
  const [row] = await context.db
    .select({ id: staffRoles.id })
    .from(staffRoles)
    .where(and(eq(staffRoles.staffId, staffId), eq(staffRoles.role, role)))
  if (!row) throw new Error(`${staffId} is no ${role}`)
  return row.id
}
