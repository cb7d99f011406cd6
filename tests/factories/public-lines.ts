import { sql } from 'drizzle-orm'
import { publicLineProgress, publicLines, publicLineTotals, publicLineWords } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { Context } from '../../lib/context'
import { reviewText } from '../../lib/donors/commands'
import { followAllLines, followLines } from '../../lib/public-lines/follow'
import { sequencePending } from '../../lib/sequencer/sequence'
import type { TestDatabase } from '../setup/database'
import { bankNotice, makePledge, type GiftWish } from './giving'
import { ACCOUNTS, makeCampaign, makeFunds } from './site'

const CAMPAIGNS = [
  { slug: 'ao-am-ha-noi', fund: 'ha-noi', category: 'ao-am', commune: 0 },
  { slug: 'sach-vo-ha-noi', fund: 'ha-noi', category: 'sach-vo', commune: 1 },
  { slug: 'ao-am-ninh-thuan', fund: 'ninh-thuan', category: 'ao-am', commune: 0 },
] as const

/** Addresses of these campaigns. */
export const CAMPAIGN_SLUGS = CAMPAIGNS.map(({ slug }) => slug)
type Campaign = (typeof CAMPAIGN_SLUGS)[number]

/** The funds, two campaigns of Hà Nội and one of Ninh Thuận. */
export async function makeLineWorld(context: Context): Promise<void> {
  await makeFunds(context)
  for (const campaign of CAMPAIGNS) await makeCampaign(context, { ...campaign, goalVnd: 10n ** 10n })
}

/** Brings the lines of the public statement up to what happened. */
export async function follow(context: Context): Promise<void> {
  await sequencePending(context.db, context.now())
  await followAllLines(context.db, context.now())
}

/** A gift that has come, with its words released. @param at when it was sent, an instant */
export async function giveInWords(
  context: Context,
  wish: GiftWish,
  { campaign = 'ao-am-ha-noi', at = '2026-11-23T02:59:00Z' }: { campaign?: Campaign; at?: string } = {},
): Promise<{ code: string; secret: string }> {
  const made = await makePledge(context, campaign, wish)
  const accountNumber = ACCOUNTS[campaign === 'ao-am-ninh-thuan' ? 'ninh-thuan' : 'ha-noi']
  const notice = bankNotice({ memo: made.code, amountVnd: wish.amountVnd ?? 185_000n, accountNumber, transactedAt: new Date(at) })
  const outcome = await receiveBankNotice(context, notice)
  if (outcome !== 'booked') throw new Error(`the gift was ${outcome}`)
  for (const field of ['name', 'message'] as const) await reviewText(context, { code: made.code, field, verdict: 'shown', actor: 'an' })
  return made
}

/** All lines with their words and sums, in an order that does not depend on how they were made. */
export async function readLines(context: Context) {
  return {
    lines: (await context.db.select().from(publicLines).orderBy(publicLines.id)).map(({ terms, ...line }) => ({
      ...line,
      terms: terms.filter((term) => term < 0),
    })),
    words: await context.db
      .select({ word: publicLineWords.word, lines: publicLineWords.lines, vnd: publicLineWords.vnd })
      .from(publicLineWords)
      .orderBy(publicLineWords.word),
    sums: (
      await context.db
        .select()
        .from(publicLineTotals)
        .where(sql`lines > 0`)
    )
      .map((row) => Object.values(row).join())
      .toSorted(),
  }
}

/** Forgets all lines, and makes them from the beginning, in batches that differ from those that are made as things happen. */
export async function makeLinesAnew(context: Context, database: TestDatabase): Promise<void> {
  const { db } = database.owner ?? database.handle
  for (const table of [publicLines, publicLineWords, publicLineTotals, publicLineProgress]) await db.delete(table)
  let isAll = false
  while (!isAll) isAll = (await followLines(context.db, context.now(), { most: 7, atOnce: 3 })).isAll
}
