import { and, count, desc, eq, isNull, ne } from 'drizzle-orm'
import { receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import type { OwnAccount } from './model'

/** All receiving accounts of a fund, newest first, with who proposed and approved them. For its people alone. */
export async function listOwnAccounts(context: Context, fundId: number): Promise<OwnAccount[]> {
  const now = context.now()
  const rows = await context.db
    .select()
    .from(receivingAccounts)
    .where(eq(receivingAccounts.fundId, fundId))
    .orderBy(desc(receivingAccounts.id))
  return rows.map((row) => ({
    ...{ id: row.id, alias: row.alias, bankBin: row.bankBin, bankName: row.bankName },
    ...{ accountNumber: row.accountNumber, accountName: row.accountName },
    ...{ proposedBy: row.proposedBy, approvedBy: row.approvedBy, effectiveFrom: row.effectiveFrom, retiredAt: row.retiredAt },
    state:
      row.retiredAt !== null && row.retiredAt <= now
        ? ('retired' as const)
        : row.effectiveFrom === null
          ? ('proposed' as const)
          : row.effectiveFrom > now
            ? ('approved' as const)
            : ('in_effect' as const),
  }))
}

/** Accounts that wait for a second person, of those that somebody else proposed. */
export async function countAccountsToApprove(context: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await context.db
    .select({ count: count() })
    .from(receivingAccounts)
    .where(
      and(
        eq(receivingAccounts.fundId, fundId),
        isNull(receivingAccounts.approvedBy),
        isNull(receivingAccounts.retiredAt),
        ne(receivingAccounts.proposedBy, staffId),
      ),
    )
  return row?.count ?? 0
}
