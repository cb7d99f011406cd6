import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { bankRules, bankTransactions, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { fold } from '../i18n/fold'
import { ok, refuse, type Result } from '../result'
import type { DecisionWish } from './decide'
import type { BankLine } from './deciding'
import { lineMark, type Suggestion } from './model'
import type { Decision } from './schema'
import { findLegs } from './suggest-matches'

export type Rule = typeof bankRules.$inferSelect

/** A pattern, and what is decided where a line has it. */
export type Pattern = Pick<Rule, 'words' | 'direction' | 'leastVnd' | 'mostVnd' | 'decision'>

/** At most so many lines are shown, and decided, at a time. */
const MOST_BY_RULE = 200

export type RuleRefusal = 'no_words' | 'wrong_way' | 'not_an_amount' | 'key_taken'

/** Whether a line that waits is of a pattern: its memo has every word, and its sum lies within. */
export function matchesRule(
  rule: Pattern,
  { memo, direction, amountVnd, state }: Pick<BankLine, 'memo' | 'direction' | 'amountVnd' | 'state'>,
): boolean {
  const words = new Set(fold(memo).split(' '))
  return (
    (state === 'unplaced' || state === 'outgoing') &&
    direction === rule.direction &&
    amountVnd >= rule.leastVnd &&
    amountVnd <= rule.mostVnd &&
    rule.words.split(' ').every((word) => words.has(word))
  )
}

/**
 * Makes a rule of what was once decided. It decides fees, interest and transfers between own accounts, and never places a
 * donor's gift: no pattern knows whose that is. Nothing happens yet: `previewRule` shows what it would do.
 */
export async function makeRule(
  { db, now }: Context,
  wish: Pattern & { fundId: number; by: string; key: string },
): Promise<Result<{ ruleId: bigint }, RuleRefusal>> {
  const { fundId, by, key, direction, leastVnd, mostVnd, decision } = wish
  const words = fold(wish.words)
  if (words === '') return refuse('no_words')
  if (leastVnd <= 0n || mostVnd < leastVnd) return refuse('not_an_amount')
  if ((decision === 'fee' && direction === 'in') || (decision === 'interest' && direction === 'out')) return refuse('wrong_way')
  const pattern = { words, direction, leastVnd, mostVnd, decision }
  const [made] = await db
    .insert(bankRules)
    .values({ fundId, ...pattern, idempotencyKey: key, madeBy: by, madeAt: now() })
    .onConflictDoNothing()
    .returning({ id: bankRules.id })
  if (made) return ok({ ruleId: made.id })
  const [known] = await db.select().from(bankRules).where(eq(bankRules.idempotencyKey, key))
  if (!known || known.fundId !== fundId || known.words !== words || known.decision !== decision) return refuse('key_taken')
  return ok({ ruleId: known.id })
}

/** Ends a rule; what was decided by it stays. Told twice, it is ended once. */
export async function retireRule({ db, now }: Context, { ruleId, by }: { ruleId: bigint; by: string }): Promise<Result<null, 'not_found'>> {
  const [rule] = await db
    .update(bankRules)
    .set({ retiredBy: by, retiredAt: now() })
    .where(and(eq(bankRules.id, ruleId), isNull(bankRules.retiredAt)))
    .returning({ id: bankRules.id })
  if (rule) return ok(null)
  return (await db.$count(bankRules, eq(bankRules.id, ruleId))) > 0 ? ok(null) : refuse('not_found')
}

/** Rules of a fund that are in force, the oldest first. */
export const listRules = ({ db }: Pick<Context, 'db'>, fundId: number): Promise<Rule[]> =>
  db
    .select()
    .from(bankRules)
    .where(and(eq(bankRules.fundId, fundId), isNull(bankRules.retiredAt)))
    .orderBy(asc(bankRules.id))

/** A line that a rule would decide, and how. */
export interface RuleCase {
  line: BankLine
  account: string
  /** Null where the other leg of a transfer is not known for sure. */
  decision: Decision | null
}

/** What a pattern would do just now: the lines it fits, the oldest first, and what each would become. */
export async function previewRule(context: Context, fundId: number, pattern: Pattern): Promise<RuleCase[]> {
  const rows = await context.db
    .select({ line: bankTransactions, account: receivingAccounts.alias })
    .from(bankTransactions)
    .innerJoin(receivingAccounts, eq(receivingAccounts.id, bankTransactions.receivingAccountId))
    .where(
      and(
        ...[eq(receivingAccounts.fundId, fundId), eq(bankTransactions.direction, pattern.direction)],
        sql`${bankTransactions.state} not in ('placed', 'payout', 'settled', 'duplicate')`,
        sql`${bankTransactions.amountVnd} between ${pattern.leastVnd} and ${pattern.mostVnd}`,
      ),
    )
    .orderBy(asc(bankTransactions.id))
    .limit(MOST_BY_RULE * 5)
  const fitting = rows.filter(({ line }) => matchesRule(pattern, line)).slice(0, MOST_BY_RULE)
  const legs =
    pattern.decision === 'own_transfer'
      ? await findLegs(
          context,
          fundId,
          fitting.map(({ line }) => line),
        )
      : new Map<bigint, Suggestion[]>()
  return fitting.map((row) => ({ ...row, decision: decisionBy(pattern, legs.get(row.line.id) ?? []) }))
}

function decisionBy({ decision }: Pattern, legs: readonly Suggestion[]): Decision | null {
  if (decision !== 'own_transfer') return { kind: decision }
  const [leg, ...others] = legs.filter(({ kind }) => kind === 'own_transfer')
  return leg && others.length === 0 ? { kind: 'own_transfer', otherLineId: BigInt(leg.choice.split(':')[1] ?? '') } : null
}

/** A rule in force, by its number; null where there is none. */
export async function findRule({ db }: Context, ruleId: bigint): Promise<Rule | null> {
  const [rule] = await db
    .select()
    .from(bankRules)
    .where(and(eq(bankRules.id, ruleId), isNull(bankRules.retiredAt)))
  return rule ?? null
}

/** What is wished of a line that a rule fits; null where it is not known for sure. A line that somebody decided on is left to people. */
export function wishOf(rule: Rule, { line, decision }: RuleCase, by: string, key: string): DecisionWish | null {
  if (!decision) return null
  return { lineId: line.id, decision, seen: lineMark(line.state, null), reason: rule.words, by, ruleId: rule.id, key: `${key}:${line.id}` }
}
