import { and, count, desc, eq, isNull, ne, or } from 'drizzle-orm'
import { accountRetirements, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import type { OwnAccount } from './model'

/** All receiving accounts of a fund, newest first, with who proposed and approved them. For its people alone. */
export async function listOwnAccounts(context: Context, fundId: number): Promise<OwnAccount[]> {
  const now = context.now()
  const rows = await context.db
    .select({ row: receivingAccounts, retirement: accountRetirements })
    .from(receivingAccounts)
    .leftJoin(accountRetirements, eq(accountRetirements.receivingAccountId, receivingAccounts.id))
    .where(eq(receivingAccounts.fundId, fundId))
    .orderBy(desc(receivingAccounts.id))
  return rows.map(({ row, retirement }) => ({
    ...{ id: row.id, alias: row.alias, bankBin: row.bankBin, bankName: row.bankName },
    ...{ accountNumber: row.accountNumber, accountName: row.accountName },
    ...{ proposedBy: row.proposedBy, approvedBy: row.approvedBy, effectiveFrom: row.effectiveFrom, retiredAt: row.retiredAt },
    retirement: retirement && { proposedBy: retirement.proposedBy, approvedBy: retirement.approvedBy },
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

/** Accounts that wait for a second person, to be used or to be used no more, of those that somebody else proposed. */
export async function countAccountsToApprove(context: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await context.db
    .select({ count: count() })
    .from(receivingAccounts)
    .leftJoin(accountRetirements, eq(accountRetirements.receivingAccountId, receivingAccounts.id))
    .where(
      and(
        ...[eq(receivingAccounts.fundId, fundId), isNull(receivingAccounts.retiredAt)],
        or(
          and(isNull(receivingAccounts.approvedBy), ne(receivingAccounts.proposedBy, staffId)),
          and(isNull(accountRetirements.approvedBy), ne(accountRetirements.proposedBy, staffId)),
        ),
      ),
    )
  return row?.count ?? 0
}
