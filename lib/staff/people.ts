import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { administrativeUnits, programmes, programmeUnits, staffCommunes, staffRoles, unitSuccessions } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import { hasOtherDirector, lockFund, tellRole } from './directors'
import { findOrAddMember, readPerson, type Person } from './members'
import { COUNTED_ROLES, type FundRole } from './model'
import { endSessions } from './sessions'
import { getFundSettings } from './settings'

const DAY_MS = 86_400_000

/** Somebody who is to work for a fund. */
export interface Appointment extends Person {
  fundId: number
  role: FundRole
  /** Today's communes of a field officer; empty for every other role. */
  communeIds: readonly number[]
  by: string
}

export type AppointRefusal = 'not_an_email' | 'no_name' | 'no_communes' | 'not_of_fund' | 'oneself' | 'held_already'

/** When a role takes effect; null while another director has to confirm it. */
export interface Appointed {
  roleId: bigint
  staffId: string
  effectiveFrom: Date | null
}

/**
 * Gives a person a role in a fund. Who counts in a two-person rule is appointed by two directors; where there is no
 * other director, it takes effect after a delay that stands in public (docs/decisions/0035). Sessions of the person end.
 * Refuses: an address or name that is none; a field officer without communes of the fund, or anybody else with; oneself;
 * a role that the person has or waits for.
 */
export async function appoint(context: Context, wish: Appointment): Promise<Result<Appointed, AppointRefusal>> {
  const { fundId, role, communeIds, by } = wish
  const now = context.now()
  const person = readPerson(wish)
  if (!person.ok) return person
  if ((role === 'field_officer') !== communeIds.length > 0) return refuse('no_communes')
  return context.db.transaction(async (tx) => {
    await lockFund(tx, fundId)
    if (!(await areOfFund(tx, fundId, communeIds))) return refuse('not_of_fund')
    const staffId = await findOrAddMember(tx, context, person.value)
    if (staffId === by) return refuse('oneself')
    const held = and(eq(staffRoles.staffId, staffId), eq(staffRoles.fundId, fundId), eq(staffRoles.role, role), isNull(staffRoles.endedAt))
    const [known] = await tx.select({ id: staffRoles.id }).from(staffRoles).where(held)
    if (known) return refuse('held_already')
    const effectiveFrom = await effectOf(tx, { fundId, role, now, but: [by, staffId] })
    const [made] = await tx
      .insert(staffRoles)
      .values({ staffId, fundId, role, appointedBy: by, appointedAt: now, effectiveFrom })
      .returning({ id: staffRoles.id })
    if (!made) throw new Error('a role was not written')
    if (communeIds.length > 0) await tx.insert(staffCommunes).values(communeIds.map((unitId) => ({ roleId: made.id, unitId })))
    await tellRole(tx, { id: made.id, fundId, role }, 'proposed', now, effectiveFrom)
    await endSessions(tx, { now, staffId, why: 'role_changed' })
    return ok({ roleId: made.id, staffId, effectiveFrom })
  })
}

export type ConfirmRefusal = 'not_found' | 'not_waiting' | 'same_person'

/** Confirms an appointment that waits, by another director than the one who made it: it takes effect at once. */
export async function confirmAppointment(
  context: Context,
  { roleId, by }: { roleId: bigint; by: string },
): Promise<Result<null, ConfirmRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [role] = await tx.select().from(staffRoles).where(eq(staffRoles.id, roleId)).for('update')
    if (!role) return refuse('not_found')
    if (!isWaiting(role, now)) return refuse('not_waiting')
    if (role.appointedBy === by || role.staffId === by) return refuse('same_person')
    await tx.update(staffRoles).set({ confirmedBy: by, confirmedAt: now, effectiveFrom: now }).where(eq(staffRoles.id, roleId))
    await tellRole(tx, role, 'confirmed', now, now)
    await endSessions(tx, { now, staffId: role.staffId, why: 'role_changed' })
    return ok(null)
  })
}

/** Takes back an appointment before it takes effect: whoever sees something wrong in it stops it by themselves. */
export async function withdrawAppointment(
  context: Context,
  { roleId, by }: { roleId: bigint; by: string },
): Promise<Result<null, 'not_found' | 'not_waiting'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [role] = await tx.select().from(staffRoles).where(eq(staffRoles.id, roleId)).for('update')
    if (!role) return refuse('not_found')
    if (!isWaiting(role, now)) return refuse('not_waiting')
    await tx.update(staffRoles).set({ endedBy: by, endedAt: now }).where(eq(staffRoles.id, roleId))
    await tellRole(tx, role, 'withdrawn', now, null)
    return ok(null)
  })
}

/**
 * Ends a role that is in effect, at once, with every session of its person.
 * Refuses: a fund's last director.
 */
export async function endRole(
  context: Context,
  { roleId, by }: { roleId: bigint; by: string },
): Promise<Result<null, 'not_found' | 'not_in_effect' | 'last_director'>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [found] = await tx.select({ fundId: staffRoles.fundId }).from(staffRoles).where(eq(staffRoles.id, roleId))
    if (!found || found.fundId === null) return refuse('not_found')
    await lockFund(tx, found.fundId)
    const [role] = await tx.select().from(staffRoles).where(eq(staffRoles.id, roleId)).for('update')
    if (!role || role.endedAt !== null || isWaiting(role, now)) return refuse('not_in_effect')
    if (role.role === 'director' && !(await hasOtherDirector(tx, found.fundId, now, [role.staffId]))) return refuse('last_director')
    await tx.update(staffRoles).set({ endedBy: by, endedAt: now }).where(eq(staffRoles.id, roleId))
    await tellRole(tx, role, 'ended', now, null)
    await endSessions(tx, { now, staffId: role.staffId, why: 'role_changed' })
    return ok(null)
  })
}

const isWaiting = ({ endedAt, effectiveFrom }: typeof staffRoles.$inferSelect, now: Date): boolean =>
  endedAt === null && (effectiveFrom === null || effectiveFrom > now)

/** At once, after the delay, or when another director has confirmed it. @param but who is not another director */
async function effectOf(
  tx: Transaction,
  { fundId, role, now, but }: { fundId: number; role: FundRole; now: Date; but: string[] },
): Promise<Date | null> {
  if (!COUNTED_ROLES.has(role)) return now
  if (await hasOtherDirector(tx, fundId, now, but)) return null
  const { appointmentDelayDays } = await getFundSettings({ db: tx }, fundId)
  return new Date(now.getTime() + appointmentDelayDays * DAY_MS)
}

/** Whether communes of today are among those that the fund's programmes reach. */
async function areOfFund(tx: Transaction, fundId: number, communeIds: readonly number[]): Promise<boolean> {
  if (communeIds.length === 0) return true
  const rows = await tx
    .selectDistinct({ id: administrativeUnits.id })
    .from(programmeUnits)
    .innerJoin(programmes, eq(programmes.id, programmeUnits.programmeId))
    .innerJoin(unitSuccessions, eq(unitSuccessions.predecessorId, programmeUnits.unitId))
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, unitSuccessions.successorId))
    .where(and(eq(programmes.fundId, fundId), inArray(administrativeUnits.id, [...communeIds])))
  return rows.length === new Set(communeIds).size
}
