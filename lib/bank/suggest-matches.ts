import { and, asc, desc, eq, isNull, notInArray, sql } from 'drizzle-orm'
import {
  bankTransactions,
  cardPayouts,
  cashDeposits,
  donations,
  pledges,
  receivingAccounts,
  refunds,
  spendPayments,
  spends,
} from '../../db/schema'
import { isAnyOf, rowsParameter } from '../../db/rows'
import type { Context } from '../context'
import { fold } from '../i18n/fold'
import { pick, type Locale } from '../i18n/locale'
import type { BankLine } from './deciding'
import type { Suggestion, Why } from './model'

const MOST_SPENDS = 200
/** Two legs of a transfer are booked on one day, or over a weekend. */
const LEG_DAYS = 5
const MOST_LEGS = 3
/** Words of a supplier's name that say something about whom they name. */
const TELLING = 4

type Found = Map<bigint, Suggestion[]>

/** Spends that wait for money of just this sum, or whose supplier the memo names. */
export async function findSpends({ db }: Context, fundId: number, lines: readonly BankLine[], locale: Locale): Promise<Found> {
  if (lines.length === 0) return new Map()
  // Columns of the one table of a query are written without its name: within a query of its own they would be another's.
  const rows = await db
    .select({
      spend: spends,
      paidVnd: sql`coalesce((select max(p.to_vnd) from ${spendPayments} p where p.spend_id = spends.id), 0)::bigint`.mapWith(BigInt),
      /** Sums of payments that were written down and wait for their line. */
      waiting: sql<
        string[]
      >`array(select (p.to_vnd - p.from_vnd)::text from ${spendPayments} p where p.spend_id = spends.id and p.advance_id is null
        and not exists (select 1 from bank_decisions d where d.spend_payment_id = p.id and d.undone_at is null))`,
    })
    .from(spends)
    .where(and(eq(spends.fundId, fundId), sql`${spends.state} in ('approved', 'paid')`))
    .orderBy(desc(spends.id))
    .limit(MOST_SPENDS)
  return new Map(
    lines.map(({ id, amountVnd, memo }) => {
      const words = ` ${fold(memo)} `
      const found = rows.flatMap(({ spend, paidVnd, waiting }) => {
        const leftVnd = spend.state === 'approved' ? spend.amountVnd - paidVnd : 0n
        const why: Why[] = leftVnd === amountVnd || waiting.includes(String(amountVnd)) ? ['amount'] : []
        if (
          fold(spend.supplier)
            .split(' ')
            .some((word) => word.length >= TELLING && words.includes(` ${word} `))
        )
          why.push('supplier')
        const isPossible = why.includes('amount') || (why.length > 0 && leftVnd > amountVnd)
        const title = pick(locale, spend.titleVi, spend.titleEn)
        const spendId = String(spend.id)
        return isPossible
          ? [{ choice: `spend:${spendId}`, kind: 'spend' as const, why, spendId, title, supplier: spend.supplier, leftVnd }]
          : []
      })
      return [id, found.sort((a, b) => b.why.length - a.why.length)]
    }),
  )
}

/** Gifts that two people decided to give back, and that wait for the bank. */
export async function findRefunds({ db }: Context, fundId: number, lines: readonly BankLine[]): Promise<Found> {
  if (lines.length === 0) return new Map()
  const rows = await db
    .select({ id: refunds.id, amountVnd: refunds.amountVnd, reason: refunds.reason, code: pledges.code })
    .from(refunds)
    .innerJoin(donations, eq(donations.id, refunds.donationId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .where(and(eq(refunds.state, 'approved'), eq(donations.fundId, fundId), isNull(donations.cardPaymentId)))
  return new Map(
    lines.map(({ id, amountVnd }) => [
      id,
      rows
        .filter((refund) => refund.amountVnd === amountVnd)
        .map((refund) => ({
          choice: `refund_paid:${refund.id}`,
          kind: 'refund',
          why: ['amount'],
          code: refund.code,
          reason: refund.reason,
        })),
    ]),
  )
}

/** The other leg of a transfer between own accounts, or of what came by mistake and went back: the same sum, the other way. */
export async function findLegs({ db }: Context, fundId: number, lines: readonly BankLine[]): Promise<Found> {
  if (lines.length === 0) return new Map()
  const given = lines.map(({ id, amountVnd, direction, transactedAt, receivingAccountId }) => ({
    ...{ id, amountVnd, direction, at: transactedAt, accountId: receivingAccountId },
  }))
  const rows = await db
    .select({
      lineId: sql`found.line_id`.mapWith(BigInt),
      isOwn: sql<boolean>`found.is_own`,
      other: bankTransactions,
      account: receivingAccounts.alias,
    })
    .from(
      sql`(select given.id as line_id, b.id as other_id, b.receiving_account_id <> given."accountId" as is_own
        from jsonb_to_recordset(${rowsParameter(given)}) as given(id bigint, "amountVnd" bigint, direction text, "at" timestamptz, "accountId" int)
        cross join lateral (
          select b.id, b.receiving_account_id from ${bankTransactions} b join ${receivingAccounts} a on a.id = b.receiving_account_id
          where b.state not in ('placed', 'payout', 'settled', 'duplicate') and a.fund_id = ${fundId} and b.amount_vnd = given."amountVnd"
            and b.state = case given.direction when 'in' then 'outgoing' else 'unplaced' end
            and b.transacted_at between given."at" - make_interval(days => ${LEG_DAYS}) and given."at" + make_interval(days => ${LEG_DAYS})
          order by abs(extract(epoch from b.transacted_at - given."at")) limit ${MOST_LEGS}) as b) as found`,
    )
    .innerJoin(bankTransactions, eq(bankTransactions.id, sql`found.other_id`))
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
  return new Map(
    lines.map(({ id }) => [
      id,
      rows
        .filter(({ lineId }) => lineId === id)
        .map(({ other, isOwn, account }): Suggestion => {
          const kind = isOwn ? 'own_transfer' : 'not_ours'
          return { choice: `${kind}:${other.id}`, kind, why: ['amount', 'day'], account, at: other.transactedAt, memo: other.memo }
        }),
    ]),
  )
}

/** Payouts from Stripe of just this sum that no line was matched with. */
export async function findPayouts({ db }: Context, fundId: number, lines: readonly BankLine[]): Promise<Found> {
  if (lines.length === 0) return new Map()
  const rows = await db
    .select({ id: cardPayouts.stripeId, amountVnd: cardPayouts.amountVnd, arrivesOn: cardPayouts.arrivesOn })
    .from(cardPayouts)
    .where(
      and(
        ...[eq(cardPayouts.fundId, fundId), isNull(cardPayouts.bankTransactionId), notInArray(cardPayouts.state, ['failed', 'canceled'])],
        isAnyOf(
          cardPayouts.amountVnd,
          lines.map(({ amountVnd }) => amountVnd),
        ),
      ),
    )
  return new Map(
    lines.map(({ id, amountVnd }) => [
      id,
      rows
        .filter((payout) => payout.amountVnd === amountVnd)
        .map((payout) => ({ choice: `payout:${payout.id}`, kind: 'payout', why: ['amount'], arrivesOn: payout.arrivesOn })),
    ]),
  )
}

/** Cash of just this sum that was carried to the account, and that no line was matched with. */
export async function findDeposits({ db }: Context, fundId: number, lines: readonly BankLine[]): Promise<Found> {
  if (lines.length === 0) return new Map()
  const rows = await db
    .select()
    .from(cashDeposits)
    .where(
      and(
        ...[eq(cashDeposits.fundId, fundId), isNull(cashDeposits.withdrawnAt)],
        sql`not exists (select 1 from bank_decisions d where d.cash_deposit_id = ${cashDeposits.id} and d.undone_at is null)`,
        isAnyOf(
          cashDeposits.amountVnd,
          lines.map(({ amountVnd }) => amountVnd),
        ),
      ),
    )
    .orderBy(asc(cashDeposits.id))
  return new Map(
    lines.map(({ id, amountVnd, receivingAccountId }) => [
      id,
      rows
        .filter((deposit) => deposit.amountVnd === amountVnd && deposit.receivingAccountId === receivingAccountId)
        .map(({ takenOn, slip }) => ({ choice: 'cash_banked', kind: 'cash_banked', why: ['amount'], takenOn, slip })),
    ]),
  )
}
