import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { needChanges, needs } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import type { NeedFigures } from './model'

export type NeedRow = typeof needs.$inferSelect
type ChangeRow = typeof needChanges.$inferInsert

/** One person's step of a need. */
export interface NeedStep {
  needId: number
  /** The version it was decided on: somebody else's step in between is not overlooked. */
  version: number
  by: string
  /** Names this step: sent twice, it is taken once. */
  key: string
}

export type NeedStepRefusal = 'unknown_need' | 'changed_meanwhile' | 'wrong_state'

/** What a step does to the need it has locked. */
export interface NeedChange {
  kind: ChangeRow['kind']
  set: Partial<Pick<NeedRow, 'children' | 'quantity' | 'amountVnd' | 'priority' | 'note' | 'state' | 'checkedOn' | 'mergedIntoId'>>
  reason?: string | null
  before?: ChangeRow['before']
  after?: ChangeRow['after']
}

/**
 * Takes a step of a need under its lock, and keeps who took it, when and why.
 * @param decide looks at the locked need and says what changes, or refuses
 * @returns the need's version after the step
 * Refuses: an unknown need; a version that is not the newest; what `decide` refuses.
 */
export const takeStep = <Refusal = never>(
  context: Context,
  step: NeedStep,
  decide: (need: NeedRow, tx: Transaction) => Promise<Result<NeedChange, Refusal>>,
): Promise<Result<{ version: number }, Refusal | 'unknown_need' | 'changed_meanwhile'>> =>
  context.db.transaction(async (tx) => {
    const need = await lockNeed(tx, step.needId)
    if (!need) return refuse('unknown_need')
    const taken = await findChange(tx, step.key)
    if (taken) return ok({ version: taken.version })
    if (need.version !== step.version) return refuse('changed_meanwhile')
    const decided = await decide(need, tx)
    if (!decided.ok) return decided
    return ok({ version: await writeChange(tx, need, { ...decided.value, by: step.by, key: step.key }, context.now()) })
  })

export async function lockNeed(tx: Transaction, needId: number): Promise<NeedRow | null> {
  const [need] = await tx.select().from(needs).where(eq(needs.id, needId)).for('update')
  return need ?? null
}

/** The step that was taken under a key, if it was. */
export async function findChange(tx: Transaction, key: string) {
  const [change] = await tx
    .select({ needId: needChanges.needId, version: needChanges.version })
    .from(needChanges)
    .where(eq(needChanges.idempotencyKey, key))
  return change ?? null
}

/** Writes what a step changes, beside its history. The caller holds the need's lock. @returns the new version */
export async function writeChange(
  tx: Transaction,
  need: NeedRow,
  { kind, set, reason = null, before = null, after = null, by, key }: NeedChange & { by: string; key: string },
  now: Date,
): Promise<number> {
  const version = need.version + 1
  await tx
    .update(needs)
    .set({ ...set, version })
    .where(eq(needs.id, need.id))
  await tx.insert(needChanges).values({ needId: need.id, kind, by, reason, before, after, version, idempotencyKey: key, happenedAt: now })
  return version
}

/** The figures of a need, as its history keeps them. */
export const figuresOf = ({ children, quantity, amountVnd, priority, note }: NeedFigures) => ({
  ...{ children, quantity, amountVnd: String(amountVnd), priority, note },
})

export const isCount = ({ children, quantity, amountVnd }: Pick<NeedFigures, 'children' | 'quantity' | 'amountVnd'>): boolean =>
  children > 0 && quantity > 0 && amountVnd > 0n
