import { and, eq, or } from 'drizzle-orm'
import { accountRetirements, funds, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { appendEvent } from '../events/append'
import { openBankAccount } from '../ledger/books'
import { ok, refuse, type Result } from '../result'
import { dayOf } from '../time/day'

const DAY_MS = 86_400_000

export interface ReceivingAccountProposal {
  fundSlug: string
  /** NAPAS bank identification number, six digits. */
  bankBin: string
  bankName: string
  accountNumber: string
  accountName: string
  /** The only name of the account in public facts, "Hà Nội 01". */
  alias: string
  /** Who proposes it; another person approves. */
  proposedBy: string
}

/**
 * Proposes an account that is to receive gifts. It shows nowhere before another person approves it. The same proposal
 * again changes nothing.
 * @returns the account's id
 * Refuses: an unknown fund; a BIN or number that is none; a number or alias that stands for another account.
 */
export async function proposeReceivingAccount(
  context: Context,
  proposal: ReceivingAccountProposal,
): Promise<Result<{ accountId: number }, 'unknown_fund' | 'not_an_account' | 'account_taken'>> {
  const { fundSlug, ...account } = proposal
  if (!/^\d{6}$/.test(account.bankBin) || !/^[0-9A-Z]{1,19}$/.test(account.accountNumber)) return refuse('not_an_account')
  return context.db.transaction(async (tx) => {
    const [fund] = await tx.select({ id: funds.id }).from(funds).where(eq(funds.slug, fundSlug))
    if (!fund) return refuse('unknown_fund')
    const [made] = await tx
      .insert(receivingAccounts)
      .values({ fundId: fund.id, ...account })
      .onConflictDoNothing()
      .returning({ id: receivingAccounts.id })
    if (made) return ok({ accountId: made.id })
    const sameNumber = and(eq(receivingAccounts.bankBin, account.bankBin), eq(receivingAccounts.accountNumber, account.accountNumber))
    const [known] = await tx
      .select()
      .from(receivingAccounts)
      .where(or(sameNumber, eq(receivingAccounts.alias, account.alias)))
    const isSame = known?.fundId === fund.id && known.accountNumber === account.accountNumber && known.alias === account.alias
    return known && isSame ? ok({ accountId: known.id }) : refuse('account_taken')
  })
}

/**
 * Approves a proposed account: opens its place in the books and tells the public. A QR shows it only once the published
 * delay has passed, so that a stolen login can't redirect gifts at once (money.md §4).
 * @param delayDays days until it takes effect, 0 or more
 * Refuses: an unknown account; the person who proposed it; one that is approved already.
 */
export async function approveReceivingAccount(
  context: Context,
  approval: { accountId: number; approvedBy: string; delayDays: number },
): Promise<Result<{ effectiveFrom: Date }, 'unknown_account' | 'same_person' | 'already_approved'>> {
  const { accountId, approvedBy, delayDays } = approval
  if (!Number.isInteger(delayDays) || delayDays < 0) throw new RangeError('a delay is a whole number of days')
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [account] = await tx.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId)).for('update')
    if (!account) return refuse('unknown_account')
    if (account.proposedBy === approvedBy) return refuse('same_person')
    if (account.approvedBy !== null) return refuse('already_approved')
    const effectiveFrom = new Date(now.getTime() + delayDays * DAY_MS)
    await tx.update(receivingAccounts).set({ approvedBy, approvedAt: now, effectiveFrom }).where(eq(receivingAccounts.id, accountId))
    await openBankAccount(tx, account.fundId, accountId)
    await appendEvent(tx, {
      kind: 'receiving_account_changed',
      idempotencyKey: `receiving_account:${accountId}:approved`,
      fundId: account.fundId,
      day: dayOf(now),
      facts: { account: account.alias, change: 'approved', effectiveFrom: effectiveFrom.toISOString() },
      createdAt: now,
    })
    return ok({ effectiveFrom })
  })
}

/**
 * Proposes that an account receives gifts no more: nothing changes before another person approves it. The same proposal
 * again changes nothing.
 * Refuses: an unknown account, or one that was never approved; one that is retired, or to be.
 */
export async function proposeRetirement(
  context: Context,
  { accountId, proposedBy }: { accountId: number; proposedBy: string },
): Promise<Result<null, 'unknown_account' | 'already_retired'>> {
  return context.db.transaction(async (tx) => {
    const [account] = await tx.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId)).for('update')
    if (!account?.approvedBy) return refuse('unknown_account')
    if (account.retiredAt !== null) return refuse('already_retired')
    const wish = { receivingAccountId: accountId, proposedBy, proposedAt: context.now() }
    await tx.insert(accountRetirements).values(wish).onConflictDoNothing()
    return ok(null)
  })
}

/**
 * Approves that an account receives gifts no more, and tells the public: after the published delay no QR and no page shows
 * it. Money that comes to it later is still the fund's, and is booked and placed as before.
 * @param delayDays days until it takes effect, 0 or more
 * Refuses: an account that nobody proposed it of; the person who did; one that is retired, or to be.
 */
export async function approveRetirement(
  context: Context,
  { accountId, approvedBy, delayDays }: { accountId: number; approvedBy: string; delayDays: number },
): Promise<Result<{ retiresAt: Date }, 'unknown_account' | 'same_person' | 'already_retired'>> {
  if (!Number.isInteger(delayDays) || delayDays < 0) throw new RangeError('a delay is a whole number of days')
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [account] = await tx.select().from(receivingAccounts).where(eq(receivingAccounts.id, accountId)).for('update')
    const [wish] = await tx.select().from(accountRetirements).where(eq(accountRetirements.receivingAccountId, accountId))
    if (!account || !wish) return refuse('unknown_account')
    if (account.retiredAt !== null) return refuse('already_retired')
    if (wish.proposedBy === approvedBy) return refuse('same_person')
    const retiresAt = new Date(now.getTime() + delayDays * DAY_MS)
    await tx.update(accountRetirements).set({ approvedBy, approvedAt: now, retiresAt }).where(eq(accountRetirements.id, wish.id))
    await tx.update(receivingAccounts).set({ retiredAt: retiresAt }).where(eq(receivingAccounts.id, accountId))
    await appendEvent(tx, {
      kind: 'receiving_account_changed',
      idempotencyKey: `receiving_account:${accountId}:retired`,
      fundId: account.fundId,
      day: dayOf(now),
      facts: { account: account.alias, change: 'retired', effectiveFrom: retiresAt.toISOString() },
      createdAt: now,
    })
    return ok({ retiresAt })
  })
}

/**
 * Withdraws a proposal by whoever made it, before another person approved it: of an account, or that one is used no more.
 * Nothing of it was public; its number and name can be proposed anew. Withdrawn again, it changes nothing.
 * Refuses: what somebody else proposed; what was approved.
 */
export async function withdrawProposal(
  { db }: Context,
  { fundId, accountId, of, by }: { fundId: number; accountId: number; of: 'account' | 'retirement'; by: string },
): Promise<Result<null, 'not_yours' | 'already_approved'>> {
  return db.transaction(async (tx) => {
    const [account] = await tx
      .select()
      .from(receivingAccounts)
      .where(and(eq(receivingAccounts.id, accountId), eq(receivingAccounts.fundId, fundId)))
      .for('update')
    if (!account) return ok(null)
    const [retirement] = await tx.select().from(accountRetirements).where(eq(accountRetirements.receivingAccountId, accountId))
    const proposal = of === 'account' ? account : retirement
    if (!proposal) return ok(null)
    if (proposal.approvedBy !== null) return refuse('already_approved')
    if (proposal.proposedBy !== by) return refuse('not_yours')
    if (of === 'account') await tx.delete(receivingAccounts).where(eq(receivingAccounts.id, accountId))
    else await tx.delete(accountRetirements).where(eq(accountRetirements.receivingAccountId, accountId))
    return ok(null)
  })
}
