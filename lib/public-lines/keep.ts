import { and, gt, isNotNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows, isAnyOf, rowsParameter } from '../../db/rows'
import { publicLineFiles, publicLines, publicLineTotals, publicLineWords } from '../../db/schema'
import { ALL_POTS } from './model'
import { facetsOf, type GatheredLine, type LineSources } from './gather'

type Line = typeof publicLines.$inferSelect

/**
 * Puts lines in the place of what was kept of the same sources: rows, their words with how often each is there, and sums.
 * What was kept is taken away by exactly that, so the same again changes nothing.
 * @returns how many rows changed
 */
export async function keepLines(tx: Transaction, sources: LineSources, gathered: readonly GatheredLine[]): Promise<number> {
  const before = new Map((await keptOf(tx, sources)).map((line) => [line.id, line]))
  const numbers = await numbersOf(tx, [...new Set(gathered.flatMap(({ words }) => words))])
  const after = gathered.map((line): Line => {
    const { row, words } = line
    return { ...row, terms: [...facetsOf(line), ...words.flatMap((word) => numbers.get(word) ?? [])].sort((a, b) => a - b) }
  })
  const stays = new Set(after.map(({ id }) => id))
  const gone = [...before.values()].filter(({ id }) => !stays.has(id))
  const changed = after.filter((line) => !isSame(before.get(line.id), line))
  if (gone.length + changed.length === 0) return 0
  if (gone.length > 0)
    await tx.delete(publicLines).where(
      isAnyOf(
        publicLines.id,
        gone.map(({ id }) => id),
      ),
    )
  if (changed.length > 0) await writeLines(tx, changed)
  const lost = [...gone, ...changed.flatMap(({ id }) => before.get(id) ?? [])]
  await addSums(tx, lost, changed)
  await countWords(tx, lost, changed)
  await outdateFiles(tx, [...new Set([...lost, ...changed].map(({ day }) => day))])
  return gone.length + changed.length
}

const isSame = (one: Line | undefined, other: Line): boolean => one !== undefined && told(one) === told(other)

/** All of a line, in one order. */
const told = (line: Line): string =>
  Object.entries(line)
    .map(([key, value]) => `${key} ${String(value)}`)
    .sort()
    .join('\n')

async function keptOf(tx: Transaction, { bankIds, donationIds }: LineSources): Promise<Line[]> {
  const ofBank =
    bankIds.length === 0
      ? []
      : await tx
          .select()
          .from(publicLines)
          .where(isAnyOf(publicLines.bankTransactionId, bankIds))
          .prepare('find lines of the bank')
          .execute()
  const others =
    donationIds.length === 0
      ? []
      : await tx
          .select()
          .from(publicLines)
          .where(sql`${isAnyOf(publicLines.donationId, donationIds)} and bank_transaction_id is null`)
  return [...ofBank, ...others]
}

async function writeLines(tx: Transaction, lines: readonly Line[]): Promise<void> {
  const columns = ['channel', 'bank_transaction_id', 'donation_id', 'day', 'direction', 'amount_vnd', 'class', 'is_move', 'fund_id']
  const others = ['receiving_account_id', 'line_id', 'pledge_id', 'spend_id', 'is_stated', 'terms']
  const set = sql.join(
    [...columns, ...others].map((column) => sql`${sql.identifier(column)} = excluded.${sql.identifier(column)}`),
    sql`, `,
  )
  await tx.execute(sql`${insertRows(publicLines, lines)} on conflict (id) do update set ${set}`)
}

/** The numbers of words; those that no line had are numbered now. */
async function numbersOf(tx: Transaction, words: readonly string[]): Promise<Map<string, number>> {
  if (words.length === 0) return new Map()
  const find = async (wanted: readonly string[]) =>
    tx
      .select({ id: publicLineWords.id, word: publicLineWords.word })
      .from(publicLineWords)
      .where(sql`${publicLineWords.word} = any(${sql.param(wanted)}::text[])`)
      .prepare('find words of lines')
      .execute()
  const known = new Map((await find(words)).map(({ id, word }) => [word, id]))
  const others = words.filter((word) => !known.has(word)).sort()
  if (others.length === 0) return known
  await tx.execute(
    insertRows(
      publicLineWords,
      others.map((word) => ({ word, lines: 0, vnd: 0n, outVnd: 0n })),
    ),
  )
  for (const { id, word } of await find(others)) known.set(word, id)
  return known
}

/** Counts words less by what went and more by what came; a word that no line has any more is forgotten. */
async function countWords(tx: Transaction, lost: readonly Line[], won: readonly Line[]): Promise<void> {
  const counts = new Map<number, { id: number; lines: number; vnd: bigint; outVnd: bigint }>()
  const tell = ({ terms, direction, amountVnd }: Line, sign: 1 | -1) => {
    const vnd = BigInt(sign) * amountVnd
    for (const id of terms) {
      if (id < 0) continue
      const count = counts.get(id) ?? { id, lines: 0, vnd: 0n, outVnd: 0n }
      counts.set(id, { id, lines: count.lines + sign, vnd: count.vnd + vnd, outVnd: count.outVnd + (direction === 'out' ? vnd : 0n) })
    }
  }
  for (const line of lost) tell(line, -1)
  for (const line of won) tell(line, 1)
  const changed = [...counts.values()].filter(({ lines, vnd, outVnd }) => lines !== 0 || vnd !== 0n || outVnd !== 0n)
  if (changed.length === 0) return
  await tx.execute(sql`update ${publicLineWords} w set lines = w.lines + given.lines, vnd = w.vnd + given.vnd, out_vnd = w.out_vnd + given."outVnd"
    from jsonb_to_recordset(${rowsParameter(changed)}) as given(id int, lines bigint, vnd bigint, "outVnd" bigint) where w.id = given.id`)
  const less = changed.flatMap(({ id, lines }) => (lines < 0 ? id : []))
  if (less.length > 0) await tx.execute(sql`delete from ${publicLineWords} where id = any(${sql.param(less)}::int[]) and lines = 0`)
}

/** Takes from the sums what went, and adds what came. */
async function addSums(tx: Transaction, lost: readonly Line[], won: readonly Line[]): Promise<void> {
  const sums = new Map<string, typeof publicLineTotals.$inferInsert>()
  const tell = ({ amountVnd, lineId, receivingAccountId, ...line }: Line, sign: 1 | -1) => {
    const { day, fundId, channel, direction, isMove, class: is } = line
    for (const pot of [lineId ?? 0, ALL_POTS]) {
      const key = { day, fundId, channel, receivingAccountId: receivingAccountId ?? 0, lineId: pot, direction, isMove, class: is }
      const name = Object.values(key).join()
      const sum = sums.get(name) ?? { ...key, lines: 0, vnd: 0n }
      sums.set(name, { ...sum, lines: sum.lines + sign, vnd: sum.vnd + BigInt(sign) * amountVnd })
    }
  }
  for (const line of lost) tell(line, -1)
  for (const line of won) tell(line, 1)
  const changed = [...sums.values()].filter(({ lines, vnd }) => lines !== 0 || vnd !== 0n)
  if (changed.length === 0) return
  // What is taken away was added before, so it has a row: it is never inserted, which its check would refuse.
  await tx.execute(sql`
    with given as (select * from jsonb_to_recordset(${rowsParameter(changed)}) as given(day date, "fundId" int, channel text, "receivingAccountId" int,
        "lineId" int, direction text, "isMove" boolean, class text, lines bigint, vnd bigint)),
      changed as (update ${publicLineTotals} s set lines = s.lines + g.lines, vnd = s.vnd + g.vnd from given g
        where (s.day, s.fund_id, s.channel, s.receiving_account_id, s.line_id, s.direction, s.is_move, s.class)
          = (g.day, g."fundId", g.channel, g."receivingAccountId", g."lineId", g.direction, g."isMove", g.class)
        returning s.day, s.fund_id, s.channel, s.receiving_account_id, s.line_id, s.direction, s.is_move, s.class)
    insert into ${publicLineTotals} (day, fund_id, channel, receiving_account_id, line_id, direction, is_move, class, lines, vnd)
    select g.* from given g where not exists (select 1 from changed c
      where (c.day, c.fund_id, c.channel, c.receiving_account_id, c.line_id, c.direction, c.is_move, c.class)
        = (g.day, g."fundId", g.channel, g."receivingAccountId", g."lineId", g.direction, g."isMove", g.class))`)
}

/**
 * Files of periods that have another line now are made anew: a line may come late. A period stands among them from its first
 * line on, so that what is to be made is known without a look at all days.
 */
async function outdateFiles(tx: Transaction, days: readonly string[]): Promise<void> {
  const periods = [...new Set(days.flatMap((day) => [day, day.slice(0, 7), day.slice(0, 4)]))]
  await tx
    .insert(publicLineFiles)
    .values(periods.map((period) => ({ period, changes: 0 })))
    .onConflictDoNothing()
  // While nobody began to make it, as while its day is not over, nothing is to be made anew.
  await tx
    .update(publicLineFiles)
    .set({ changes: sql`${publicLineFiles.changes} + 1` })
    .where(and(isAnyOf(publicLineFiles.period, periods), or(gt(publicLineFiles.changes, 0), isNotNull(publicLineFiles.madeAfter))))
}
