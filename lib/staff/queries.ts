import { and, asc, count, desc, eq, gt, gte, inArray, isNull, like, lt, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { administrativeUnits, funds, staffAudit, staffCommunes, staffMembers, staffRoles, staffSessions } from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { addDays, startOfDay } from '../time/day'
import { COUNTED_ROLES, type AuditRow, type PersonRow, type PublicAppointment, type SampleStaffRow } from './model'
import type { AuditFilter } from './schema'

/** Who works for a fund, and who is to: in the order of their names. For people of the fund alone. */
export async function listPeople(context: Context, fundId: number, locale: Locale): Promise<PersonRow[]> {
  const now = context.now()
  const appointer = alias(staffMembers, 'appointer')
  const lastSeenAt = sql<string | null>`(select max(last_seen_at) from ${staffSessions} where staff_id = ${staffRoles.staffId})`
  const rows = await context.db
    .select({ role: staffRoles, name: staffMembers.name, email: staffMembers.email, appointer: appointer.name, lastSeenAt })
    .from(staffRoles)
    .innerJoin(staffMembers, eq(staffMembers.id, staffRoles.staffId))
    .leftJoin(appointer, eq(appointer.id, staffRoles.appointedBy))
    .where(and(eq(staffRoles.fundId, fundId), isNull(staffRoles.endedAt)))
  const communes = await communesOfRoles(
    context,
    rows.map(({ role }) => role.id),
    locale,
  )
  return rows
    .map(({ role, name, email, appointer: appointedByName, lastSeenAt: seen }) => ({
      ...{ roleId: role.id, staffId: role.staffId, name: name ?? '', email: email ?? '', role: role.role },
      communes: communes.get(role.id) ?? [],
      state: role.effectiveFrom === null ? ('waiting' as const) : role.effectiveFrom > now ? ('delayed' as const) : ('in_effect' as const),
      ...{ appointedBy: role.appointedBy, appointedByName, appointedAt: role.appointedAt, effectiveFrom: role.effectiveFrom },
      lastSeenAt: seen === null ? null : new Date(seen),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}

async function communesOfRoles(context: Context, roleIds: bigint[], locale: Locale): Promise<Map<bigint, string[]>> {
  const rows = await context.db
    .select({ roleId: staffCommunes.roleId, vi: administrativeUnits.fullNameVi, en: administrativeUnits.fullNameEn })
    .from(staffCommunes)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, staffCommunes.unitId))
    .where(inArray(staffCommunes.roleId, roleIds))
    .orderBy(asc(administrativeUnits.code))
  const names = new Map<bigint, string[]>()
  for (const { roleId, vi, en } of rows) names.set(roleId, [...(names.get(roleId) ?? []), pick(locale, vi, en)])
  return names
}

/** Appointments that everybody may see before they take effect: the role and the days, never the name. */
export async function listPublicAppointments(context: Context, fundSlug: string): Promise<PublicAppointment[]> {
  return context.db
    .select({ role: staffRoles.role, appointedAt: staffRoles.appointedAt, effectiveFrom: staffRoles.effectiveFrom })
    .from(staffRoles)
    .innerJoin(funds, eq(funds.id, staffRoles.fundId))
    .where(
      and(
        eq(funds.slug, fundSlug),
        inArray(staffRoles.role, [...COUNTED_ROLES]),
        isNull(staffRoles.endedAt),
        or(isNull(staffRoles.effectiveFrom), gt(staffRoles.effectiveFrom, context.now())),
      ),
    )
    .orderBy(asc(staffRoles.id))
}

/** Appointments of a fund that wait for a second director who is neither of the two people in them. */
export async function countToConfirm(context: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await context.db
    .select({ count: count() })
    .from(staffRoles)
    .where(
      and(
        eq(staffRoles.fundId, fundId),
        isNull(staffRoles.endedAt),
        or(isNull(staffRoles.effectiveFrom), gt(staffRoles.effectiveFrom, context.now())),
        ne(staffRoles.staffId, staffId),
        ne(staffRoles.appointedBy, staffId),
      ),
    )
  return row?.count ?? 0
}

/** How many directors in effect each fund has, by id of the fund. */
export async function countDirectors(context: Context): Promise<Map<number, number>> {
  const rows = await context.db
    .select({ fundId: staffRoles.fundId, count: count() })
    .from(staffRoles)
    .where(and(eq(staffRoles.role, 'director'), isNull(staffRoles.endedAt), lte(staffRoles.effectiveFrom, context.now())))
    .groupBy(staffRoles.fundId)
  return new Map(rows.flatMap((row) => (row.fundId === null ? [] : [[row.fundId, row.count]])))
}

/** Names of people by their ids, as far as they are known: what is shown beside what they did. */
export async function staffNames(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await context.db
    .select({ id: staffMembers.id, name: staffMembers.name })
    .from(staffMembers)
    .where(inArray(staffMembers.id, [...new Set(ids)]))
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])))
}

/** Everybody who works in a sample, for its page of signing in. Throws in a real database. */
export async function listSampleStaff(context: Context, locale: Locale): Promise<SampleStaffRow[]> {
  if (context.installation.kind !== 'sample') throw new Error('only a sample shows its people')
  const rows = await context.db
    .select({ id: staffMembers.id, name: staffMembers.name, role: staffRoles.role, vi: funds.placeVi, en: funds.placeEn })
    .from(staffMembers)
    .innerJoin(staffRoles, and(eq(staffRoles.staffId, staffMembers.id), isNull(staffRoles.endedAt)))
    .leftJoin(funds, eq(funds.id, staffRoles.fundId))
    .where(isNull(staffMembers.erasedAt))
    .orderBy(asc(staffMembers.createdAt), asc(staffRoles.id))
  const people = new Map<string, SampleStaffRow>()
  for (const { id, name, role, vi, en } of rows) {
    const known = people.get(id) ?? { id, name: name ?? '', role, places: [] }
    const place = pick(locale, vi ?? '', en ?? '')
    if (place !== '') known.places.push(place)
    people.set(id, known)
  }
  return [...people.values()]
}

/** What a filter of the trail leaves, for a query on `staff_audit` under its own name. */
export const auditConditions = ({ staffId, action, aboutKind, aboutId, from, to, outcome, beforeId }: AuditFilter): SQL | undefined =>
  and(
    staffId === undefined ? undefined : eq(staffAudit.staffId, staffId),
    action === undefined ? undefined : or(eq(staffAudit.action, action), like(staffAudit.action, `${action.replace(/[\\%_]/g, '\\$&')}.%`)),
    aboutKind === undefined ? undefined : eq(staffAudit.aboutKind, aboutKind),
    aboutId === undefined ? undefined : eq(staffAudit.aboutId, aboutId),
    from === undefined ? undefined : gte(staffAudit.at, startOfDay(from)),
    to === undefined ? undefined : lt(staffAudit.at, startOfDay(addDays(to, 1))),
    outcome === undefined ? undefined : eq(staffAudit.outcome, outcome),
    beforeId === undefined ? undefined : lt(staffAudit.id, beforeId),
  )

/**
 * The trail of a fund, or of the platform, newest first.
 * @param limit most rows of a page
 */
export async function listAudit(context: Context, fundId: number | null, filter: AuditFilter, limit: number): Promise<AuditRow[]> {
  const rows = await context.db
    .select({ entry: staffAudit, name: staffMembers.name })
    .from(staffAudit)
    .leftJoin(staffMembers, eq(staffMembers.id, staffAudit.staffId))
    .where(and(fundId === null ? isNull(staffAudit.fundId) : eq(staffAudit.fundId, fundId), auditConditions(filter)))
    .orderBy(desc(staffAudit.id))
    .limit(limit)
  return rows.map(({ entry, name }) => ({
    ...{ id: entry.id, at: entry.at, staffId: entry.staffId, name, network: entry.network, action: entry.action, outcome: entry.outcome },
    ...{ aboutKind: entry.aboutKind, aboutId: entry.aboutId, before: entry.before, after: entry.after },
  }))
}
