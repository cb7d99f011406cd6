import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { staffAudit } from '../../db/schema'

/** References and figures of one thing at one moment. Never a donor's or a child's name, address or words. */
export type AuditFacts = Readonly<Record<string, string | number | bigint | boolean | null>>

/** One entry of the trail. */
export interface AuditEntry {
  at: Date
  /** Null where the command at the server did it. */
  by: { staffId: string; sessionId: string | null; network: string } | null
  fundId: number | null
  /** A permission, or a step of signing in. */
  action: string
  /** `denied`: it was tried, and the rules did not allow it. */
  outcome: 'done' | 'denied'
  about: { kind: string; id: bigint | number | string }
  before?: AuditFacts | null
  after?: AuditFacts | null
}

/** Adds to the trail, in the transaction of what it tells. Tables refuse to change it afterwards. */
export async function writeAudit(db: Database, entry: AuditEntry): Promise<void> {
  const { at, by, fundId, action, outcome, about, before = null, after = null } = entry
  await db.insert(staffAudit).values({
    ...{ at, staffId: by?.staffId ?? null, sessionId: by?.sessionId ?? null, network: by?.network ?? null },
    ...{ fundId, action, outcome, aboutKind: about.kind, aboutId: String(about.id) },
    ...{ before: before && written(before), after: after && written(after) },
  })
}

/** Whether the trail tells already that a session did something to a thing, and that the same came of it. */
export async function isInTrail(
  db: Database,
  { sessionId, action, about, after }: { sessionId: string } & Pick<AuditEntry, 'action' | 'about'> & { after: AuditFacts | null },
): Promise<boolean> {
  const { aboutKind, aboutId } = staffAudit
  const [entry] = await db
    .select({ id: staffAudit.id })
    .from(staffAudit)
    .where(
      and(
        ...[eq(aboutKind, about.kind), eq(aboutId, String(about.id)), eq(staffAudit.sessionId, sessionId)],
        ...[eq(staffAudit.action, action), eq(staffAudit.outcome, 'done')],
        after === null ? isNull(staffAudit.after) : sql`${staffAudit.after} = ${JSON.stringify(written(after))}::jsonb`,
      ),
    )
    .limit(1)
  return entry !== undefined
}

/** Whole numbers go as text, which has room for every one of them. */
const written = (facts: AuditFacts): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]))
