import { desc, eq } from 'drizzle-orm'
import { bankTransactions } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { decideLine } from '../../lib/bank/decide'
import { standingDecision } from '../../lib/bank/standing'
import { lineMark, type BankNotice, type DecideRefusal } from '../../lib/bank/model'
import type { Decision } from '../../lib/bank/schema'
import type { Context } from '../../lib/context'
import type { Result } from '../../lib/result'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice } from './giving'

/** A line of the bank that nobody decided on yet, laid where it is a gift. @returns its id */
export async function bankLine(context: Context, notice: Partial<BankNotice> = {}): Promise<bigint> {
  await receiveBankNotice(context, bankNotice(notice))
  await sequencePending(context.db, context.now())
  const [line] = await context.db.select({ id: bankTransactions.id }).from(bankTransactions).orderBy(desc(bankTransactions.id)).limit(1)
  if (!line) throw new Error('no line')
  return line.id
}

/** How a line stands, as who looks at it just now sees it. */
export async function seen(context: Context, lineId: bigint): Promise<string> {
  return context.db.transaction(async (tx) => {
    const [line] = await tx.select({ state: bankTransactions.state }).from(bankTransactions).where(eq(bankTransactions.id, lineId))
    if (!line) throw new Error('no line')
    return lineMark(line.state, (await standingDecision(tx, lineId))?.decision.id ?? null)
  })
}

let keys = 0

/** Decides on a line as somebody who looked at it just before, and lets what follows be laid. */
export async function say(
  context: Context,
  lineId: bigint,
  decision: Decision,
  by = 'ke-toan',
): Promise<Result<{ decisionId: bigint }, DecideRefusal>> {
  const wish = { lineId, decision, seen: await seen(context, lineId), reason: 'thử', by, key: `say-${(keys += 1)}` }
  const decided = await decideLine(context, wish)
  await sequencePending(context.db, context.now())
  return decided
}
