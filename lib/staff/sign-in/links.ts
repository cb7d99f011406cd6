import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../../db/client'
import { staffLinks, staffMembers, staffRoles } from '../../../db/schema'
import type { Context } from '../../context'
import type { Locale } from '../../i18n/locale'
import { writtenAddress } from '../members'

/** So many links an hour, whoever asks for them: nobody's mailbox is flooded. */
const MOST_AN_HOUR = 5
const HOUR_MS = 3_600_000
const KEPT_MS = 24 * HOUR_MS

/** Who an address stands for, where they have a role or wait for one. */
export async function findMember(db: Database, typed: string): Promise<{ id: string; email: string; name: string; locale: Locale } | null> {
  const [row] = await db
    .select({ id: staffMembers.id, email: staffMembers.email, name: staffMembers.name, locale: staffMembers.locale })
    .from(staffMembers)
    .where(
      and(
        eq(staffMembers.email, writtenAddress(typed)),
        isNull(staffMembers.erasedAt),
        sql`exists (select 1 from ${staffRoles} where ${staffRoles.staffId} = ${staffMembers.id} and ${staffRoles.endedAt} is null)`,
      ),
    )
  return row?.email == null || row.name === null ? null : { ...row, email: row.email, name: row.name }
}

/** Whether another link may be sent to a person now. */
export async function mayHaveLink({ db, now }: Context, staffId: string): Promise<boolean> {
  const rows = await db
    .select({ at: staffLinks.createdAt })
    .from(staffLinks)
    .where(and(eq(staffLinks.staffId, staffId), gt(staffLinks.createdAt, new Date(now().getTime() - HOUR_MS))))
  return rows.length < MOST_AN_HOUR
}

/** Keeps the hash of a link's token, and forgets those of the day before. */
export async function addLink(
  context: Context,
  { email, tokenHash, minutes }: { email: string; tokenHash: string; minutes: number },
): Promise<void> {
  const now = context.now()
  const member = await findMember(context.db, email)
  if (!member) return
  await context.db.delete(staffLinks).where(lt(staffLinks.createdAt, new Date(now.getTime() - KEPT_MS)))
  const expiresAt = new Date(now.getTime() + minutes * 60_000)
  await context.db.insert(staffLinks).values({ tokenHash, staffId: member.id, createdAt: now, expiresAt })
}

/** Uses a link up. @returns whether it was good: known, that person's, not used and not too old */
export async function useLink(context: Context, { email, tokenHash }: { email: string; tokenHash: string }): Promise<boolean> {
  const now = context.now()
  const member = await findMember(context.db, email)
  if (!member) return false
  const used = await context.db
    .update(staffLinks)
    .set({ usedAt: now })
    .where(
      and(eq(staffLinks.tokenHash, tokenHash), eq(staffLinks.staffId, member.id), isNull(staffLinks.usedAt), gt(staffLinks.expiresAt, now)),
    )
    .returning({ staffId: staffLinks.staffId })
  return used.length === 1
}

/** The address behind a person's id, as a link carries it: an address itself stands in no log and no history. */
export async function addressOf(db: Database, staffId: string): Promise<string | null> {
  const [row] = await db.select({ email: staffMembers.email }).from(staffMembers).where(eq(staffMembers.id, staffId))
  return row?.email ?? null
}
