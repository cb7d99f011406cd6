import { randomUUID } from 'node:crypto'
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from '../../db/client'
import { funds, staffCommunes, staffMembers, staffRoles, staffSessions } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { SECOND_FACTOR_ROLES, type HeldRole, type Staff, type StaffFund, type StaffSession } from './model'

/** However busy, a session ends after a working day. */
const LONGEST_MS = 12 * 3_600_000
/** Being seen is written at most so often. */
const SEEN_EVERY_MS = 60_000

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a person has set up a second factor: then it is asked for, whatever their roles. */
const hasFactor = (staffId: PgColumn | string) =>
  sql<boolean>`exists (select 1 from staff_factors f where f.staff_id = ${staffId} and f.confirmed_at is not null and f.removed_at is null)`

export type EndedWhy = NonNullable<typeof staffSessions.$inferSelect.endedWhy>

/** A session that stands: begun, not ended, not idle for too long and not too old. @param now as the tables are asked */
const stands = (now: Date) =>
  and(
    isNull(staffSessions.endedAt),
    sql`${staffSessions.lastSeenAt} + make_interval(secs => ${staffSessions.idleSeconds}) > ${now}`,
    sql`${staffSessions.expiresAt} > ${now}`,
  )

/**
 * Begins the session of a person who came by their e-mail's link.
 * @param network where from, shortened
 * @returns its id, which the browser's token carries
 */
export async function beginSession(
  db: Database,
  { now, staffId, network, idleSeconds }: { now: Date; staffId: string; network: string; idleSeconds: number },
): Promise<string> {
  const id = randomUUID()
  const expiresAt = new Date(now.getTime() + LONGEST_MS)
  await db.insert(staffSessions).values({ id, staffId, network, startedAt: now, lastSeenAt: now, idleSeconds, expiresAt })
  return id
}

/** Ends every session of a person that still stands, or one of them. */
export async function endSessions(
  db: Database,
  { now, staffId, sessionId, why }: { now: Date; staffId: string; sessionId?: string; why: EndedWhy },
): Promise<void> {
  await db
    .update(staffSessions)
    .set({ endedAt: now, endedWhy: why })
    .where(
      and(
        eq(staffSessions.staffId, staffId),
        isNull(staffSessions.endedAt),
        sessionId === undefined ? undefined : eq(staffSessions.id, sessionId),
      ),
    )
}

/**
 * Who stands behind a request's session, with what they may do at this moment. Asked on each request: a role that
 * ended a moment ago is not in it.
 * @returns null where nobody is signed in any more
 */
export async function findStaff(context: Context, { sessionId, network }: StaffSession, locale: Locale): Promise<Staff | null> {
  const now = context.now()
  if (!UUID.test(sessionId)) return null
  const [row] = await context.db
    .select({ session: staffSessions, member: staffMembers, hasFactor: hasFactor(staffSessions.staffId) })
    .from(staffSessions)
    .innerJoin(staffMembers, eq(staffMembers.id, staffSessions.staffId))
    .where(and(eq(staffSessions.id, sessionId), stands(now), isNull(staffMembers.erasedAt)))
  if (!row || row.member.email === null || row.member.name === null) return null
  if (now.getTime() - row.session.lastSeenAt.getTime() > SEEN_EVERY_MS) {
    await context.db
      .update(staffSessions)
      .set({ lastSeenAt: sql`greatest(last_seen_at, ${now})` })
      .where(and(eq(staffSessions.id, sessionId), isNull(staffSessions.endedAt)))
  }
  const roles = await rolesOf(context.db, row.member.id, now)
  return {
    ...{ sessionId, network, id: row.member.id, name: row.member.name, email: row.member.email, locale: row.member.locale },
    ...{ roles, funds: await fundsOf(context.db, roles, locale) },
    isComplete: row.session.secondFactorAt !== null || !(row.hasFactor || needsSecondFactor(roles)),
    hasFactor: row.hasFactor,
  }
}

/** Whether whoever holds these roles has to show a second factor. */
const needsSecondFactor = (roles: readonly HeldRole[]): boolean => roles.some(({ role }) => SECOND_FACTOR_ROLES.has(role))

/** Roles of a person that are in effect at a moment. */
async function rolesOf(db: Database, staffId: string, now: Date): Promise<HeldRole[]> {
  const rows = await db
    .select({
      role: staffRoles.role,
      fundId: staffRoles.fundId,
      communeIds: sql<number[]>`coalesce((select array_agg(unit_id) from ${staffCommunes} where role_id = staff_roles.id), '{}')`,
    })
    .from(staffRoles)
    .where(inEffect(staffId, now))
  return rows.map(({ communeIds, ...held }) => ({ ...held, communeIds: new Set(communeIds) }))
}

const inEffect = (staffId: string, now: Date) =>
  and(eq(staffRoles.staffId, staffId), isNull(staffRoles.endedAt), lte(staffRoles.effectiveFrom, now))

/**
 * Holds a session and its person's roles to the end of a transaction: whoever ends one of them waits until this act is
 * done, and an act that comes after it finds it ended.
 * @returns who acts and with which roles; null where the session does not stand, or its second factor is missing
 */
export async function holdStaff(
  tx: Transaction,
  { sessionId }: Pick<StaffSession, 'sessionId'>,
  now: Date,
): Promise<{ staffId: string; roles: HeldRole[] } | null> {
  if (!UUID.test(sessionId)) return null
  const [known] = await tx.select({ staffId: staffSessions.staffId }).from(staffSessions).where(eq(staffSessions.id, sessionId))
  if (!known) return null
  const { staffId } = known
  await tx.select({ id: staffRoles.id }).from(staffRoles).where(inEffect(staffId, now)).orderBy(asc(staffRoles.id)).for('share')
  const [session] = await tx
    .select({ secondFactorAt: staffSessions.secondFactorAt, hasFactor: hasFactor(staffId) })
    .from(staffSessions)
    .where(and(eq(staffSessions.id, sessionId), stands(now)))
    .for('share')
  if (!session) return null
  const roles = await rolesOf(tx, staffId, now)
  return session.secondFactorAt === null && (session.hasFactor || needsSecondFactor(roles)) ? null : { staffId, roles }
}

/** Funds that roles are of: all of them for an operator. */
async function fundsOf(db: Database, roles: readonly HeldRole[], locale: Locale): Promise<StaffFund[]> {
  const rows = await db.select().from(funds)
  const isOperator = roles.some(({ role }) => role === 'operator')
  return rows
    .filter(({ id }) => isOperator || roles.some(({ fundId }) => fundId === id))
    .map(({ id, slug, nameVi, nameEn, placeVi, placeEn }) => ({
      ...{ id, slug },
      ...{ name: pick(locale, nameVi, nameEn), place: pick(locale, placeVi, placeEn) },
    }))
    .toSorted((a, b) => a.place.localeCompare(b.place, 'vi'))
}
