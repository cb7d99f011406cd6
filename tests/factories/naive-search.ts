import { eq } from 'drizzle-orm'
import { campaigns, disclosures, pledges, publicLines, spends } from '../../db/schema'
import type { Context } from '../../lib/context'
import { fold } from '../../lib/i18n/fold'
import type { LineFilter, LineSort } from '../../lib/public-lines/model'

/** Words as they are looked for. */
export const wordsOf = (typed: string): string[] => fold(typed).split(' ').filter(Boolean)

/** A line of the public statement, with everything that it is found by. */
type Line = typeof publicLines.$inferSelect & { code: string | null; unitId: number | null; words: string[] }

/** All lines, with everything that they are found by, told as a child would. */
export async function everyLine(context: Context): Promise<Line[]> {
  const rows = await context.db
    .select({ line: publicLines, code: pledges.code, isNamed: pledges.isNamed, unitId: campaigns.unitId, spend: spends })
    .from(publicLines)
    .leftJoin(pledges, eq(pledges.id, publicLines.pledgeId))
    .leftJoin(campaigns, eq(campaigns.lineId, publicLines.lineId))
    .leftJoin(spends, eq(spends.id, publicLines.spendId))
  const texts = await context.db.select().from(disclosures).where(eq(disclosures.review, 'shown'))
  return rows.map(({ line, code, isNamed, unitId, spend }) => {
    const own = texts.filter(({ pledgeId, field }) => pledgeId === line.pledgeId && (field === 'message' || isNamed))
    const bought = spend && ['spend', 'supplier_refund'].includes(line.class) ? [spend.supplier, spend.titleVi, spend.titleEn] : []
    return { ...line, code, unitId, words: [...own.map(({ text }) => text), ...bought].flatMap(wordsOf) }
  })
}

const isWanted = (line: Line, filter: LineFilter): boolean =>
  filter.words.every((word, index) =>
    line.words.some((own) => (index === filter.words.length - 1 ? own.startsWith(word) : own === word)),
  ) &&
  (filter.code === null || (line.code ?? '').startsWith(filter.code)) &&
  (filter.entry === null || line.id === filter.entry) &&
  (filter.leastVnd === null || line.amountVnd >= filter.leastVnd) &&
  (filter.mostVnd === null || line.amountVnd <= filter.mostVnd) &&
  (filter.from === null || line.day >= filter.from) &&
  (filter.to === null || line.day <= filter.to) &&
  (filter.fundId === null || line.fundId === filter.fundId) &&
  (filter.account === null ||
    ('channel' in filter.account
      ? line.channel === filter.account.channel
      : line.receivingAccountId === filter.account.receivingAccountId)) &&
  (filter.lineId === null || line.lineId === filter.lineId) &&
  (filter.unitId === null || line.unitId === filter.unitId) &&
  (filter.direction === null || line.direction === filter.direction) &&
  (filter.class === null || line.class === filter.class)

const compare = (sort: LineSort) => (one: Line, other: Line) => {
  const by = (a: bigint | string, b: bigint | string) => (a < b ? -1 : a > b ? 1 : 0)
  const days = by(one.day, other.day) || by(one.id, other.id)
  const up = sort === 'largest' || sort === 'smallest' ? by(one.amountVnd, other.amountVnd) || days : days
  return sort === 'newest' || sort === 'largest' ? -up : up
}

/** The lines that a search should find, in the order asked for: each line is looked at. */
export const naiveSearch = (lines: readonly Line[], filter: LineFilter, sort: LineSort): Line[] =>
  lines.filter((line) => isWanted(line, filter)).toSorted(compare(sort))
