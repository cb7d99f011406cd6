import { sql } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './client'
import * as schema from './schema'

/** Tables of history: the application may add to them, and nothing else. */
const APPEND_ONLY = new Set<unknown>([
  schema.installation,
  schema.ledgers,
  schema.ledgerAccounts,
  schema.entries,
  schema.postings,
  schema.events,
  schema.eventPositions,
  schema.lines,
  schema.intervals,
  schema.logLeaves,
  schema.logNodes,
  schema.logKeys,
  schema.logKeyEnds,
  schema.logCheckpoints,
  schema.logWitnesses,
  schema.logCosignatures,
  schema.receiptKeys,
  schema.lineUses,
  schema.spendItems,
  schema.advanceMoves,
  schema.spendPayments,
  schema.spendRefunds,
  schema.movedParts,
  schema.deliveries,
  schema.deliveryUnits,
  schema.photoFiles,
  schema.fundParticulars,
  schema.cardPayments,
  schema.cardMovements,
  schema.donations,
  schema.officeReceipts,
  schema.chequeReturns,
  schema.goodsLines,
  schema.goodsReceipts,
  schema.goodsRefusals,
  schema.goodsReversals,
  schema.goodsIntervals,
  schema.needChanges,
  schema.needPapers,
  schema.needRoundAnswers,
  schema.campaignTransitions,
  schema.campaignSlugs,
  schema.campaignChanges,
  schema.statementParts,
  schema.staffCommunes,
  schema.staffAudit,
  schema.bankDecisionLines,
  schema.bankDecisionEntries,
  schema.bankPostingDays,
  schema.dayCloses,
  schema.dayCloseLines,
  schema.loadSteps,
])

/** Tables that only triggers write, with the rights of who owns them. */
const READ_ONLY = new Set<unknown>([schema.unclosedLines])

/** Tables whose rows the application may also delete. */
const DELETABLE = new Set<unknown>([
  schema.uploads,
  schema.receivingAccounts,
  schema.accountRetirements,
  schema.uploadChunks,
  schema.needCoverages,
  schema.budgetLines,
  schema.pendingEvents,
  schema.disclosures,
  schema.pledgeContacts,
  schema.pledgeItems,
  schema.unitSuccessions,
  schema.parkedEvents,
  schema.cardFailures,
  schema.givers,
  schema.giverSums,
  schema.giverWords,
  schema.recognitionTiers,
  schema.publicLines,
  schema.publicLineWords,
  schema.publicLinesDue,
  schema.publicLineFileParts,
  schema.stripeEvents,
  schema.staffLinks,
  schema.statementSections,
  schema.statementLines,
  schema.statementDays,
])

/**
 * Gives a role what the application needs, table by table, and takes back everything else, in one transaction:
 * processes that run meanwhile keep their rights. The role owns nothing, so it can neither drop a trigger nor alter
 * a table, and it makes no temporary table that could stand in front of a real one.
 */
export async function grantTo(db: Database, role: string): Promise<void> {
  const to = sql.identifier(role)
  await db.transaction(async (tx) => {
    const [current] = await tx.select({ name: sql<string>`current_database()` }).from(sql`(values (1)) as one`)
    await tx.execute(sql`revoke temporary on database ${sql.identifier(current?.name ?? '')} from public, ${to}`)
    await tx.execute(sql`revoke create on schema public from public`)
    await tx.execute(sql`revoke all on all tables in schema public from ${to}`)
    await tx.execute(sql`grant usage on schema public, drizzle to ${to}`)
    await tx.execute(sql`grant select on all tables in schema drizzle to ${to}`)
    for (const table of Object.values(schema)) {
      if (!(table instanceof PgTable)) continue
      const name = sql.identifier(getTableConfig(table).name)
      await tx.execute(sql`grant select on ${name} to ${to}`)
      if (READ_ONLY.has(table)) continue
      await tx.execute(sql`grant insert on ${name} to ${to}`)
      if (APPEND_ONLY.has(table)) continue
      await tx.execute(sql`grant update on ${name} to ${to}`)
      if (DELETABLE.has(table)) await tx.execute(sql`grant delete on ${name} to ${to}`)
    }
  })
}
