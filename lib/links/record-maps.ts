import { and, asc, desc, gt, lte } from 'drizzle-orm'
import { deliveries, spends } from '../../db/schema'
import type { Context } from '../context'
import { spendPath } from '../spending/model'
import type { SitemapPage } from './sitemap'

/** Numbers that one sitemap spans: each is two addresses, and a sitemap holds 50,000 of them and 50 MB at most. */
const NUMBERS_PER_MAP = 1_000n

export const RECORD_KINDS = ['dot-trao', 'khoan-chi'] as const
/** Pages that come and never go: deliveries, and spends. */
export type RecordKind = (typeof RECORD_KINDS)[number]

/**
 * Where each sitemap of deliveries or of spends begins: it holds those with one of the next thousand numbers. Only the
 * largest number is looked up, however many there are. None where there is none yet.
 */
export async function listRecordMaps({ db }: Context, kind: RecordKind, perMap = NUMBERS_PER_MAP): Promise<bigint[]> {
  const table = kind === 'dot-trao' ? deliveries : spends
  const [last] = await db.select({ id: table.id }).from(table).orderBy(desc(table.id)).limit(1)
  if (!last) return []
  return Array.from({ length: Number((last.id - 1n) / perMap) + 1 }, (_, index) => BigInt(index) * perMap)
}

/** The deliveries or spends of one sitemap, in the order of their numbers. */
export async function listRecordPages({ db }: Context, kind: RecordKind, after: bigint, perMap = NUMBERS_PER_MAP): Promise<SitemapPage[]> {
  if (kind === 'dot-trao') {
    const rows = await db
      .select({ slug: deliveries.slug, createdAt: deliveries.createdAt })
      .from(deliveries)
      .where(and(gt(deliveries.id, after), lte(deliveries.id, after + perMap)))
      .orderBy(asc(deliveries.id))
    return rows.map(({ slug, createdAt }) => ({ path: `/dot-trao/${slug}`, changedAt: createdAt }))
  }
  const rows = await db
    .select({ id: spends.id })
    .from(spends)
    .where(and(gt(spends.id, after), lte(spends.id, after + perMap)))
    .orderBy(asc(spends.id))
  // When a spend last came to something is not looked up.
  return rows.map(({ id }) => ({ path: spendPath(String(id)), changedAt: null }))
}
