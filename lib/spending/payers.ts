import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { disclosures, donations, intervals, lineTakeovers, pledges } from '../../db/schema'
import type { Context } from '../context'
import type { PayerPart, PayersPage, Range } from './model'
import { stretchesOfSpend, type PaidStretch } from './parts'

/** Gifts read for one page of payers. */
const PAYERS_PER_PAGE = 60

/** Đồng of a spend on their line; the reserve stands in for those whose donors had their money back all the same. */
interface Piece extends PaidStretch {
  isStoodInFor: boolean
}

/**
 * Who paid for ranges of a spend, in the order in which their đồng were taken: donors by the names they chose, those
 * without a name counted in a row, and the reserve where it stood in. Read by index from a place on, so that a page of
 * a million gifts costs no more than one of ten.
 * @param ranges of the spend's own đồng, in order, all of them paid
 * @param fromVnd where the page begins: 0, or `nextVnd` of the page before
 */
export async function listPayers(
  { db }: Context,
  spendId: bigint,
  ranges: readonly Range[],
  { fromVnd, limit = PAYERS_PER_PAGE }: { fromVnd: bigint; limit?: number },
): Promise<PayersPage> {
  const page: PayersPage = { parts: [], amountVnd: 0n, fromVnd, nextVnd: null }
  /** Gifts that the last part tells together. */
  const run = new Set<bigint>()
  let left = limit
  for (const range of ranges) {
    if (range.toVnd <= fromVnd) continue
    const from = range.fromVnd > fromVnd ? range.fromVnd : fromVnd
    for (const piece of await piecesOf(db, spendId, { fromVnd: from, toVnd: range.toVnd })) {
      if (left <= 0) return { ...page, nextVnd: piece.atVnd }
      const size = piece.endVnd - piece.startVnd
      if (piece.isStoodInFor) {
        add(page, { key: String(piece.atVnd), kind: 'reserve', name: null, code: null, gifts: 0, amountVnd: size }, run, null)
        left -= 1
        continue
      }
      let at = piece.atVnd
      for (const gift of await giftsFrom(db, piece, left)) {
        const end = gift.endVnd < piece.endVnd ? gift.endVnd : piece.endVnd
        const start = gift.startVnd > piece.startVnd ? gift.startVnd : piece.startVnd
        const { name, code, donationId } = gift
        const part = { key: `${at}`, kind: name === null ? 'nameless' : 'named', name, code, gifts: 1, amountVnd: end - start } as const
        add(page, part, run, donationId)
        at += end - start
        left -= 1
      }
      if (at < piece.atVnd + size) return { ...page, nextVnd: at }
    }
  }
  return page
}

/** How many gifts paid for ranges of a spend and were not given back. */
export async function countPayers({ db }: Context, spendId: bigint, ranges: readonly Range[]): Promise<number> {
  const pieces: Piece[] = []
  for (const range of ranges) pieces.push(...(await piecesOf(db, spendId, range)).filter(({ isStoodInFor }) => !isStoodInFor))
  if (pieces.length === 0) return 0
  const rows = sql.join(
    pieces.map(({ lineId, startVnd, endVnd }) => sql`(${lineId}::int, ${startVnd}::bigint, ${endVnd}::bigint)`),
    sql`, `,
  )
  // Intervals chain, so those that end in a piece, and the one after, cover it.
  const [row] = await db.select({ gifts: sql`count(distinct i.donation_id)::int`.mapWith(Number) }).from(
    sql`(values ${rows}) p (line_id, start_vnd, end_vnd) cross join lateral (select g.donation_id from ${intervals} g
        where g.line_id = p.line_id and g.end_vnd > p.start_vnd and g.end_vnd <= (select e.end_vnd from ${intervals} e
          where e.line_id = p.line_id and e.end_vnd >= p.end_vnd order by e.end_vnd limit 1)) i`,
  )
  return row?.gifts ?? 0
}

/** The đồng of a range on their lines, cut where the reserve stood in. */
async function piecesOf(db: Database, spendId: bigint, range: Range): Promise<Piece[]> {
  const pieces: Piece[] = []
  for (const stretch of await stretchesOfSpend(db, spendId, range)) {
    const { lineId, startVnd, endVnd, atVnd } = stretch
    const taken = await db
      .select({ startVnd: lineTakeovers.startVnd, endVnd: lineTakeovers.endVnd })
      .from(lineTakeovers)
      .where(
        and(
          ...[eq(lineTakeovers.lineId, lineId), isNull(lineTakeovers.endedByEventId)],
          ...[lt(lineTakeovers.startVnd, endVnd), gt(lineTakeovers.endVnd, startVnd)],
        ),
      )
      .orderBy(asc(lineTakeovers.startVnd))
    let at = startVnd
    const put = (to: bigint, isStoodInFor: boolean) => {
      if (to > at) pieces.push({ lineId, startVnd: at, endVnd: to, atVnd: atVnd + at - startVnd, isStoodInFor })
      at = to > at ? to : at
    }
    for (const over of taken) {
      put(over.startVnd, false)
      put(over.endVnd < endVnd ? over.endVnd : endVnd, true)
    }
    put(endVnd, false)
  }
  return pieces
}

/** The first gifts on a piece of a line, with the names that may be shown. */
const giftsFrom = (db: Database, { lineId, startVnd, endVnd }: Piece, limit: number) =>
  db
    .select({
      ...{ donationId: intervals.donationId, startVnd: intervals.startVnd, endVnd: intervals.endVnd },
      ...{ name: disclosures.text, code: pledges.code },
    })
    .from(intervals)
    .innerJoin(donations, eq(donations.id, intervals.donationId))
    .leftJoin(pledges, eq(pledges.id, donations.pledgeId))
    .leftJoin(
      disclosures,
      and(
        ...[eq(disclosures.pledgeId, pledges.id), eq(pledges.isNamed, true)],
        ...[eq(disclosures.field, 'name'), eq(disclosures.review, 'shown')],
      ),
    )
    .where(
      and(
        ...[eq(intervals.lineId, lineId), gt(intervals.endVnd, startVnd)],
        // Intervals chain: the last to look at is the first that ends where the piece does, or beyond.
        sql`${intervals.endVnd} <= (select e.end_vnd from ${intervals} e where e.line_id = ${lineId} and e.end_vnd >= ${endVnd}
          order by e.end_vnd limit 1)`,
      ),
    )
    .orderBy(asc(intervals.endVnd))
    .limit(limit)

/** Adds a part. Gifts without a name in a row are one part, and so is a gift whose đồng lie in several stretches. */
function add(page: PayersPage, part: PayerPart, run: Set<bigint>, donationId: bigint | null): void {
  page.amountVnd += part.amountVnd
  const last = page.parts.at(-1)
  const isMore = last?.kind === part.kind && (part.kind !== 'named' || (donationId !== null && run.has(donationId)))
  if (!isMore) run.clear()
  if (donationId !== null) run.add(donationId)
  if (!last || !isMore) return void page.parts.push(part)
  last.amountVnd += part.amountVnd
  last.gifts = run.size
  if (run.size > 1) last.code = null
}
