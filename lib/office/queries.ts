import { and, asc, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import {
  administrativeUnits,
  campaigns,
  cashDeposits,
  cashReversals,
  chequeReturns,
  disclosures,
  donations,
  funds,
  officeReceipts,
  pledgeContacts,
  pledges,
  receivingAccounts,
  refunds,
} from '../../db/schema'
import type { Context } from '../context'
import { pick, type Locale } from '../i18n/locale'
import { bookedBalance, fundAccount } from '../ledger/books'
import { takesPledges } from '../campaigns/states'
import { receiptNumber } from '../pledges/receipt'
import { dayOf } from '../time/day'
import { carriedVnd, isBanked } from './deposits'
import type { CashBox, DepositRow, ReceiptRow, ReceiptState, ReceiptView, ReversalRow, TakingCampaign } from './model'

const PAGE = 40
const RECENT_DEPOSITS = 12

/** Which receipts are wanted: all, or cheques that no bank has paid yet. */
export type ReceiptGroup = 'all' | 'waiting'

/**
 * Receipts of a fund's office, the newest first.
 * @param before number of the receipt after which the page begins; null for the first
 */
export async function listReceipts(
  context: Context,
  fundId: number,
  { group, before }: { group: ReceiptGroup; before: bigint | null },
  locale: Locale,
): Promise<{ rows: ReceiptRow[]; next: string | null }> {
  const found = await selectReceipts(context)
    .where(
      and(
        eq(officeReceipts.fundId, fundId),
        before === null ? undefined : lt(officeReceipts.id, before),
        group === 'all' ? undefined : and(eq(pledges.method, 'cheque'), eq(pledges.state, 'open'), eq(pledges.fundId, fundId)),
      ),
    )
    .orderBy(desc(officeReceipts.id))
    .limit(PAGE + 1)
  const rows = found.slice(0, PAGE).map((row) => rowOf(row, locale))
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null }
}

/** A bank takes back what it paid for a cheque: of one gift, once (`refunds_cheque_once`). */
const isRecall = and(eq(refunds.reason, 'cheque_returned'), inArray(refunds.state, ['requested', 'approved', 'sent']))

const selectReceipts = ({ db }: Context) =>
  db
    .select({
      receipt: officeReceipts,
      code: pledges.code,
      pledgeState: pledges.state,
      isNamed: pledges.isNamed,
      donorKind: pledges.donorKind,
      giver: disclosures.text,
      titleVi: campaigns.titleVi,
      titleEn: campaigns.titleEn,
      reversal: cashReversals,
      returned: chequeReturns,
      recall: refunds,
    })
    .from(officeReceipts)
    .innerJoin(pledges, eq(pledges.id, officeReceipts.pledgeId))
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .leftJoin(disclosures, and(eq(disclosures.pledgeId, pledges.id), eq(disclosures.field, 'name')))
    .leftJoin(cashReversals, and(eq(cashReversals.receiptId, officeReceipts.id), ne(cashReversals.state, 'rejected')))
    .leftJoin(chequeReturns, eq(chequeReturns.receiptId, officeReceipts.id))
    .leftJoin(
      refunds,
      and(isRecall, inArray(refunds.donationId, db.select({ id: donations.id }).from(donations).where(eq(donations.pledgeId, pledges.id)))),
    )
    .$dynamic()

type Selected = Awaited<ReturnType<typeof selectReceipts>>[number]

function rowOf({ receipt, code, giver, titleVi, titleEn, ...row }: Selected, locale: Locale): ReceiptRow {
  const { id, kind, amountVnd, receivedOn, chequeNumber, chequeBank } = receipt
  return {
    ...{ id: String(id), kind, number: receiptNumber(receipt), code, amountVnd, receivedOn, giver },
    state: stateOf(kind, row),
    campaign: titleVi !== null && titleEn !== null ? pick(locale, titleVi, titleEn) : null,
    cheque: chequeNumber !== null && chequeBank !== null ? { number: chequeNumber, bank: chequeBank } : null,
  }
}

function stateOf(
  kind: 'cash' | 'cheque',
  { pledgeState, reversal, returned, recall }: Pick<Selected, 'pledgeState' | 'reversal' | 'returned' | 'recall'>,
): ReceiptState {
  if (kind === 'cash') return reversal === null ? 'booked' : reversal.state === 'asked' ? 'asked' : 'reversed'
  // A bank may pay what it was said not to have paid: money counts.
  if (recall !== null) return recall.state === 'sent' ? 'called_back' : 'recalled'
  if (pledgeState === 'received') return 'cleared'
  return returned === null ? 'waits' : 'returned'
}

/** A receipt of a fund's office with all that is printed on it; null where the fund has none of this id. */
export async function getReceipt(context: Context, fundId: number, id: bigint, locale: Locale): Promise<ReceiptView | null> {
  const [row] = await selectReceipts(context).where(and(eq(officeReceipts.fundId, fundId), eq(officeReceipts.id, id)))
  if (!row) return null
  const [place] = await context.db
    .select({ fund: funds, vi: administrativeUnits.fullNameVi, en: administrativeUnits.fullNameEn, contact: pledgeContacts })
    .from(pledges)
    .innerJoin(funds, eq(funds.id, pledges.fundId))
    .leftJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .leftJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .leftJoin(pledgeContacts, eq(pledgeContacts.pledgeId, pledges.id))
    .where(eq(pledges.id, row.receipt.pledgeId))
  if (!place) throw new Error(`receipt ${id} has no fund`)
  const [rejected] = await context.db
    .select()
    .from(cashReversals)
    .where(and(eq(cashReversals.receiptId, id), eq(cashReversals.state, 'rejected')))
    .orderBy(desc(cashReversals.id))
    .limit(1)
  const reversal = row.reversal ?? rejected ?? null
  const { fund, vi, en, contact } = place
  return {
    ...rowOf(row, locale),
    ...{ isNamed: row.isNamed, isCompany: row.donorKind === 'company', taxCode: contact?.taxCode ?? null, note: contact?.note ?? null },
    fund: { name: pick(locale, fund.nameVi, fund.nameEn), place: pick(locale, fund.placeVi, fund.placeEn) },
    commune: vi !== null && en !== null ? pick(locale, vi, en) : null,
    ...{ issuedBy: row.receipt.issuedBy, issuedAt: row.receipt.issuedAt },
    reversal: reversal && {
      ...{ id: String(reversal.id), reason: reversal.reason, askedBy: reversal.askedBy, askedAt: reversal.askedAt },
      ...{ decidedBy: reversal.decidedBy, isRejected: reversal.state === 'rejected' },
    },
    returned: row.returned && { reason: row.returned.reason, by: row.returned.recordedBy, at: row.returned.recordedAt },
    recall: row.recall && { askedBy: row.recall.requestedBy, askedAt: row.recall.requestedAt, decidedBy: row.recall.decidedBy },
  }
}

/** The random key of a receipt, of which the secret of its printed link is made, and the code it belongs to. */
export async function receiptKey({ db }: Context, fundId: number, id: bigint): Promise<{ formKey: string; code: string } | null> {
  const [row] = await db
    .select({ formKey: officeReceipts.formKey, code: pledges.code })
    .from(officeReceipts)
    .innerJoin(pledges, eq(pledges.id, officeReceipts.pledgeId))
    .where(and(eq(officeReceipts.fundId, fundId), eq(officeReceipts.id, id)))
  return row ?? null
}

/** What the books say is in a fund's cash box. */
export async function getCashBox({ db }: Context, fundId: number): Promise<CashBox> {
  const [balanceVnd, onTheWay] = await Promise.all([
    bookedBalance(db, await fundAccount(db, fundId, 'donation', 'cash_box')),
    carriedVnd(db, fundId),
  ])
  return { balanceVnd, carriedVnd: onTheWay }
}

/** What was carried to the bank last, the newest first. */
export async function listDeposits({ db }: Context, fundId: number): Promise<DepositRow[]> {
  const rows = await db
    .select({ deposit: cashDeposits, account: receivingAccounts.alias, isBanked })
    .from(cashDeposits)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, cashDeposits.receivingAccountId))
    .where(eq(cashDeposits.fundId, fundId))
    .orderBy(desc(cashDeposits.id))
    .limit(RECENT_DEPOSITS)
  return rows.map(({ deposit: { id, amountVnd, takenOn, slip, takenBy, withdrawnAt }, account, isBanked: isThere }) => ({
    ...{ id: String(id), account, amountVnd, takenOn, slip, takenBy },
    state: withdrawnAt !== null ? 'withdrawn' : isThere ? 'banked' : 'waits',
  }))
}

/** Requests to take cash back that wait for a second person, the oldest first. */
export async function listReversals({ db }: Context, fundId: number): Promise<ReversalRow[]> {
  const rows = await db
    .select({ reversal: cashReversals, receipt: officeReceipts })
    .from(cashReversals)
    .innerJoin(officeReceipts, eq(officeReceipts.id, cashReversals.receiptId))
    .where(and(eq(cashReversals.state, 'asked'), eq(officeReceipts.fundId, fundId)))
    .orderBy(asc(cashReversals.id))
    .limit(PAGE)
  return rows.map(({ reversal: { id, receiptId, reason, askedBy, askedAt }, receipt }) => ({
    ...{ id: String(id), receiptId: String(receiptId), reason, askedBy, askedAt },
    ...{ number: receiptNumber(receipt), amountVnd: receipt.amountVnd },
  }))
}

/** Campaigns of a fund that take gifts now, in the order of their titles. */
export async function listTakingCampaigns({ db, now }: Context, fundId: number, locale: Locale): Promise<TakingCampaign[]> {
  const rows = await db
    .select({ campaign: campaigns, vi: administrativeUnits.fullNameVi, en: administrativeUnits.fullNameEn })
    .from(campaigns)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, campaigns.unitId))
    .where(and(eq(campaigns.fundId, fundId), eq(campaigns.state, 'open'), isNull(campaigns.pausedAt)))
  return rows
    .filter(({ campaign }) => takesPledges(campaign, dayOf(now())))
    .map(({ campaign, vi, en }) => ({
      ...{ slug: campaign.slug, title: pick(locale, campaign.titleVi, campaign.titleEn), commune: pick(locale, vi, en) },
    }))
    .toSorted((a, b) => a.title.localeCompare(b.title, locale))
}

/** Bank accounts of a fund to which cash can be carried: those that two people approved and nobody retired. */
export const listDepositAccounts = ({ db }: Context, fundId: number): Promise<{ id: number; alias: string; bankName: string }[]> =>
  db
    .select({ id: receivingAccounts.id, alias: receivingAccounts.alias, bankName: receivingAccounts.bankName })
    .from(receivingAccounts)
    .where(and(eq(receivingAccounts.fundId, fundId), sql`${receivingAccounts.approvedBy} is not null`, isNull(receivingAccounts.retiredAt)))
    .orderBy(asc(receivingAccounts.alias))

/** How many cheques of a fund no bank has paid yet. */
export const countChequesWaiting = ({ db }: Context, { fundId }: { fundId: number }): Promise<number> =>
  db.$count(pledges, and(eq(pledges.fundId, fundId), eq(pledges.state, 'open'), eq(pledges.method, 'cheque')))

/** 1 where cash lies in a fund's box that nobody carried to the bank, else 0: one thing to do, however much it is. */
export async function countCashToCarry(context: Context, { fundId }: { fundId: number }): Promise<number> {
  const { balanceVnd, carriedVnd: onTheWay } = await getCashBox(context, fundId)
  return balanceVnd > onTheWay ? 1 : 0
}

/** How many requests to take cash back wait for somebody else than who asked. */
export async function countReversalsToDecide({ db }: Context, { fundId, staffId }: { fundId: number; staffId: string }): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(cashReversals)
    .innerJoin(officeReceipts, eq(officeReceipts.id, cashReversals.receiptId))
    .where(and(eq(cashReversals.state, 'asked'), ne(cashReversals.askedBy, staffId), eq(officeReceipts.fundId, fundId)))
  return row?.count ?? 0
}
