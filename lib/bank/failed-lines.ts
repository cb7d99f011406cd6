import { inArray } from 'drizzle-orm'
import { bankTransactions } from '../../db/schema'
import type { Context } from '../context'
import { whoDecided } from './decisions'
import type { FailedLine } from './model'

/** What could not be written of many lines, as an address carries it: "12.not_free,15.decided_already". */
export const writeFailed = (failed: readonly { lineId: bigint; refusal: string }[]): string =>
  failed.map(({ lineId, refusal }) => `${lineId}.${refusal}`).join(',')

const MOST = 60

/** Reads it back, with what each line is and who was first. Lines of other funds are left out. */
export async function readFailed(context: Context, text: string, accounts: ReadonlySet<number>): Promise<FailedLine[]> {
  const told = text
    .split(',')
    .slice(0, MOST)
    .flatMap((one) => {
      const [, id, refusal] = /^(\d{1,18})\.([a-z_]{1,40})$/.exec(one) ?? []
      return id !== undefined && refusal !== undefined ? [{ id: BigInt(id), refusal }] : []
    })
  if (told.length === 0) return []
  const lines = await context.db
    .select()
    .from(bankTransactions)
    .where(
      inArray(
        bankTransactions.id,
        told.map(({ id }) => id),
      ),
    )
  const found: FailedLine[] = []
  for (const { id, refusal } of told) {
    const line = lines.find((one) => one.id === id)
    if (!line || line.receivingAccountId === null || !accounts.has(line.receivingAccountId)) continue
    const { direction, amountVnd, memo } = line
    const first = refusal === 'decided_already' ? await whoDecided(context, id) : null
    found.push({ id: String(id), direction, amountVnd, memo, refusal, first })
  }
  return found
}
