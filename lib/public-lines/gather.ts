import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '../../db/client'
import { isAnyOf } from '../../db/rows'
import {
  bankDecisionLines,
  bankDecisions,
  bankTransactions,
  campaigns,
  disclosures,
  donations,
  eventPositions,
  events,
  lines,
  pledges,
  receivingAccounts,
  refunds,
  spendAdvances,
  spendPayments,
  spendRefunds,
  spends,
  type publicLines,
} from '../../db/schema'
import { stands } from '../donations/returned'
import { fold } from '../i18n/fold'
import { dayOf } from '../time/day'
import { classTerm, facet, isMove, listedWords, monthTerm } from './model'

/** A line as it is to be kept, with its words as words. */
export interface GatheredLine {
  row: Omit<typeof publicLines.$inferSelect, 'terms'>
  /** Commune of the campaign whose pot it is of. */
  unitId: number | null
  words: string[]
}

/** Which lines: those of the bank, and gifts that came by card or in cash. */
export interface LineSources {
  bankIds: readonly bigint[]
  donationIds: readonly bigint[]
}

/** What lines are filtered by, as numbers below zero. */
export const facetsOf = ({ row: { day, fundId, receivingAccountId, lineId, channel, direction, class: is }, unitId }: GatheredLine) => [
  facet('fund', fundId),
  ...(receivingAccountId === null ? [facet('channel', channel === 'card' ? 1 : 2)] : [facet('account', receivingAccountId)]),
  ...(lineId === null ? [] : [facet('pot', lineId)]),
  ...(unitId === null ? [] : [facet('commune', unitId)]),
  ...(direction === 'out' ? [facet('direction', 1)] : []),
  ...[monthTerm(day), classTerm(is)].filter((term) => term !== null),
]

/**
 * Lines as they stand now, of what has a place in public order: a row for each gift that a line of the bank brought, or one
 * for what else it was said to be (docs/decisions/0053). Nothing of it depends on what was kept before.
 */
export async function gatherLines(tx: Transaction, { bankIds, donationIds }: LineSources): Promise<GatheredLine[]> {
  const gifts = bankIds.length + donationIds.length > 0 ? await gatherGifts(tx, { bankIds, donationIds }) : []
  const asGifts = new Set(gifts.map(({ row }) => row.bankTransactionId))
  const others = bankIds.filter((id) => !asGifts.has(id))
  return [
    ...gifts,
    ...(others.length > 0 ? await gatherClassified(tx, others) : []),
    ...(donationIds.length > 0 ? await gatherReturned(tx, donationIds) : []),
  ]
}

/** Gifts and interest that stand, each by its own event. */
async function gatherGifts(tx: Transaction, { bankIds, donationIds }: LineSources): Promise<GatheredLine[]> {
  const name = alias(disclosures, 'name')
  const message = alias(disclosures, 'message')
  const rows = await tx
    .select({
      ...{ id: eventPositions.position, donationId: donations.id, pledgeId: donations.pledgeId, nature: donations.nature },
      ...{ amountVnd: donations.amountVnd, fundId: donations.fundId, lineId: donations.lineId, receivedAt: donations.receivedAt },
      ...{ bankTransactionId: donations.bankTransactionId, cardPaymentId: donations.cardPaymentId },
      ...{ receivingAccountId: bankTransactions.receivingAccountId, postedOn: bankTransactions.postedOn, state: bankTransactions.state },
      ...{ pot: lines.kind, unitId: campaigns.unitId, isNamed: pledges.isNamed, name: name.folded, message: message.folded },
    })
    .from(donations)
    .innerJoin(events, and(eq(events.donationId, donations.id), sql`${events.kind} in ('donation', 'interest')`))
    .innerJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .innerJoin(lines, eq(lines.id, donations.lineId))
    .leftJoin(bankTransactions, eq(bankTransactions.id, donations.bankTransactionId))
    .leftJoin(campaigns, eq(campaigns.lineId, donations.lineId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(name, and(eq(name.pledgeId, donations.pledgeId), eq(name.field, 'name'), eq(name.review, 'shown')))
    .leftJoin(message, and(eq(message.pledgeId, donations.pledgeId), eq(message.field, 'message'), eq(message.review, 'shown')))
    .where(and(sql`(${isAnyOf(donations.bankTransactionId, bankIds)} or ${isAnyOf(donations.id, donationIds)})`, stands(donations.id)))
    .prepare('gather lines of gifts')
    .execute()
  return rows.flatMap(
    ({ nature, receivedAt, cardPaymentId, postedOn, state, pot, unitId, isNamed, name: named, message: said, ...row }) => {
      // Of an account that is not ours, or told twice: it is in no total.
      if (row.bankTransactionId !== null && (row.receivingAccountId === null || state === 'possible_duplicate')) return []
      // Who gave by card is known: what came too late for its campaign lies there only until it goes back.
      const isToReturn = state === 'to_return' || (cardPaymentId !== null && row.pledgeId !== null && pot === 'unplaced')
      const is = nature === 'interest' ? 'interest' : isToReturn ? 'to_return' : pot === 'unplaced' ? 'unplaced' : 'gift'
      return {
        row: {
          ...row,
          channel: row.bankTransactionId !== null ? ('bank' as const) : cardPaymentId !== null ? ('card' as const) : ('cash' as const),
          ...{ day: postedOn ?? dayOf(receivedAt), direction: 'in' as const, class: is, isMove: false, spendId: null },
          isStated: row.bankTransactionId === null || postedOn !== null,
        },
        unitId,
        words: listedWords([isNamed === true ? named : null, said]),
      }
    },
  )
}

/** Lines of the bank that are no gift, as their last leaf says what they are. */
async function gatherClassified(tx: Transaction, bankIds: readonly bigint[]): Promise<GatheredLine[]> {
  const told = tx
    .select({ id: eventPositions.position, is: sql<string>`${events.facts}->>'class'`.as('is') })
    .from(events)
    .innerJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .where(and(eq(events.kind, 'line_classified'), sql`${events.facts}->>'line' = ${bankTransactions.id}::text`))
    .orderBy(desc(events.id))
    .limit(1)
    .as('told')
  const rows = await tx
    .select({ line: bankTransactions, id: told.id, is: told.is, fundId: receivingAccounts.fundId })
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .innerJoinLateral(told, sql`true`)
    .where(and(isAnyOf(bankTransactions.id, bankIds), sql`${bankTransactions.state} not in ('possible_duplicate', 'duplicate')`))
  const matched = await matchedWith(
    tx,
    rows.map(({ line }) => line.id),
  )
  return rows.map(({ line, id, is, fundId }) => {
    const { unitId, bought, ...of } = matched.get(line.id) ?? { lineId: null, unitId: null, spendId: null, pledgeId: null, bought: null }
    return {
      row: {
        ...{ id, channel: 'bank' as const, bankTransactionId: line.id, donationId: null, day: line.postedOn ?? dayOf(line.transactedAt) },
        ...{ direction: line.direction, amountVnd: line.amountVnd, class: is, isMove: isMove(is), fundId },
        ...{ receivingAccountId: line.receivingAccountId, isStated: line.postedOn !== null, ...of },
      },
      unitId,
      // As its row names it.
      words: is === 'spend' || is === 'supplier_refund' ? listedWords([bought && fold(bought)]) : [],
    }
  })
}

/** What lines were matched with: a spend, an advance within one, a gift that went back. */
async function matchedWith(tx: Transaction, bankIds: readonly bigint[]) {
  const gift = alias(donations, 'gift')
  const rows = await tx
    .select({
      bankId: bankDecisionLines.bankTransactionId,
      lineId: sql<number | null>`coalesce(${spends.lineId}, ${gift.lineId})`,
      ...{ unitId: campaigns.unitId, spendId: spends.id, pledgeId: gift.pledgeId },
      bought: sql<string | null>`${spends.supplier} || ' ' || ${spends.titleVi} || ' ' || ${spends.titleEn}`,
    })
    .from(bankDecisionLines)
    .innerJoin(bankDecisions, and(eq(bankDecisions.id, bankDecisionLines.decisionId), isNull(bankDecisions.undoneAt)))
    .leftJoin(spendPayments, eq(spendPayments.id, bankDecisions.spendPaymentId))
    .leftJoin(spendRefunds, eq(spendRefunds.id, bankDecisions.spendRefundId))
    .leftJoin(spendAdvances, eq(spendAdvances.id, bankDecisions.advanceId))
    .leftJoin(spends, sql`${spends.id} = coalesce(${spendPayments.spendId}, ${spendRefunds.spendId}, ${spendAdvances.spendId})`)
    .leftJoin(refunds, eq(refunds.id, bankDecisions.refundId))
    .leftJoin(gift, eq(gift.id, refunds.donationId))
    .leftJoin(campaigns, sql`${campaigns.lineId} = coalesce(${spends.lineId}, ${gift.lineId})`)
    .where(isAnyOf(bankDecisionLines.bankTransactionId, bankIds))
    .orderBy(bankDecisions.id)
  return new Map(rows.map(({ bankId, ...row }) => [bankId, row]))
}

/** What of gifts by card went back by card. By the bank, it is a line of the bank. */
async function gatherReturned(tx: Transaction, donationIds: readonly bigint[]): Promise<GatheredLine[]> {
  const rows = await tx
    .select({
      ...{ id: eventPositions.position, kind: events.kind, day: events.day, lineId: events.lineId },
      amountVnd: sql`coalesce((${events.facts}->>'coversVnd')::bigint, ${events.amountVnd}, 0)`.mapWith(BigInt),
      isDispute: sql<boolean>`${events.facts} ? 'dispute'`,
      ...{ donationId: donations.id, pledgeId: donations.pledgeId, fundId: donations.fundId, unitId: campaigns.unitId },
    })
    .from(events)
    .innerJoin(eventPositions, eq(eventPositions.eventId, events.id))
    .innerJoin(donations, eq(donations.id, events.donationId))
    .leftJoin(campaigns, eq(campaigns.lineId, events.lineId))
    .where(
      and(
        ...[isAnyOf(events.donationId, donationIds), sql`${donations.cardPaymentId} is not null`],
        sql`${events.kind} in ('refund', 'refund_failed', 'dispute_lost', 'reserve_used')`,
        sql`coalesce(${events.facts}->>'refund', ${events.facts}->>'failed', '') not like 'bank-%'`,
        ne(sql`coalesce((${events.facts}->>'coversVnd')::bigint, ${events.amountVnd}, 0)`, 0),
      ),
    )
  return rows.map(({ kind, isDispute, unitId, ...row }) => ({
    row: {
      ...row,
      ...{ channel: 'card' as const, bankTransactionId: null, receivingAccountId: null, isStated: true, isMove: false, spendId: null },
      direction: kind === 'refund_failed' ? ('in' as const) : ('out' as const),
      class: kind === 'refund_failed' ? 'refund_returned' : isDispute ? 'dispute_lost' : 'refund',
    },
    ...{ unitId, words: [] },
  }))
}
