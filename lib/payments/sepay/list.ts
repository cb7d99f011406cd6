import { z } from 'zod'
import type { ApiAccess } from '../../context'
import { addDays, type Day } from '../../time/day'
import { getJson, type ListPage } from '../api'
import { accountNumber, lineId, localMoment, optionalText } from '../fields'
import { knownBalance } from './parse'

/** The most that SePay lists at once. */
const LIMIT = 5_000

const list = z.object({ status: z.literal(200), transactions: z.array(z.unknown()).max(LIMIT) })

/** "18067000.00" */
const decimalVnd = z
  .string()
  .regex(/^-?\d{1,15}(?:\.0+)?$/)
  .transform((text) => BigInt(text.split('.')[0] ?? ''))

const listed = z.object({
  id: lineId,
  account_number: accountNumber,
  transaction_date: localMoment,
  amount_in: decimalVnd,
  amount_out: decimalVnd,
  accumulated: z.union([decimalVnd, z.null()]).default(null),
  transaction_content: optionalText,
  reference_number: optionalText,
})

/**
 * The lines that SePay knows of one day (developer.sepay.vn, "API Giao dịch", V1: its ids are those of the
 * webhook, while V2 has others). A page is a day, so that none is longer than SePay's limit; one that is full fails.
 * @param number of the page: 1 is the first day
 */
export async function listSepayLines(
  access: ApiAccess,
  from: Day,
  to: Day,
  number: number,
  signal: AbortSignal,
): Promise<ListPage<unknown>> {
  const day = addDays(from, number - 1)
  const url = new URL(`${access.url}/transactions/list`)
  // Whether the last day belongs to what is listed is not said: told twice, a line is booked once.
  const range = { transaction_date_min: day, transaction_date_max: addDays(day, 1), limit: String(LIMIT) }
  url.search = new URLSearchParams(range).toString()
  const answer = list.safeParse(await getJson(url, `Bearer ${access.key}`, signal))
  if (!answer.success) throw new Error('SePay did not answer with a list')
  const { transactions } = answer.data
  if (transactions.length === LIMIT) throw new Error(`SePay has more lines of ${day} than it lists`)
  return { lines: transactions, nextPage: day < to ? number + 1 : null }
}

/**
 * Reads a line of SePay's list, as the webhook tells the same line.
 * @returns null where it is none
 */
export function parseSepayListed(line: unknown) {
  const parsed = listed.safeParse(line)
  if (!parsed.success) return null
  const { id, account_number, transaction_date, amount_in, amount_out, accumulated, transaction_content, reference_number } = parsed.data
  if (amount_in < 0n || amount_out < 0n || amount_in > 0n === amount_out > 0n) return null
  const direction = amount_in > 0n ? ('in' as const) : ('out' as const)
  return {
    provider: 'sepay' as const,
    providerEventId: id,
    accountNumber: account_number,
    direction,
    amountVnd: amount_in + amount_out,
    reference: reference_number,
    memo: transaction_content ?? '',
    transactedAt: transaction_date,
    runningBalanceVnd: knownBalance(direction, accumulated),
    body: line,
  }
}
