import { z } from 'zod'
import { accountNumber, lineId, localMoment, optionalText, optionalVnd, signedVnd } from '../fields'

/** A line in webhook V2, as documented; what we do not read is not checked. */
const lineOfV2 = z.object({
  id: lineId,
  reference: optionalText,
  description: optionalText,
  amount: signedVnd,
  runningBalance: optionalVnd,
  transactionDateTime: localMoment,
  accountNumber,
})

const fields = z.record(z.string(), z.unknown())

/** A line in webhook V1, and in the list of API V2, which writes some names in another way. */
const lineOfV1 = z.preprocess((line) => {
  const v1 = fields.safeParse(line).data
  return (
    v1 && {
      ...v1,
      reference: v1['tid'],
      runningBalance: v1['cusum_balance'] ?? v1['cusumBalance'],
      transactionDateTime: v1['when'],
      accountNumber: v1['bank_sub_acc_id'] || v1['bankSubAccId'] || v1['subAccId'],
    }
  )
}, lineOfV2)

const call = z.object({ error: z.literal(0), data: z.unknown() })

/** What Casso sends when somebody tries the webhook out. */
const testLine = z.union([
  z.object({ id: z.literal(0), reference: z.literal('MA_GIAO_DICH_THU_NGHIEM') }),
  z.object({ id: z.literal(0), tid: z.literal('MA_GIAO_DICH_THU_NGHIEM') }),
])

/**
 * Reads the body of a Casso webhook: `data` is one line in V2 and a list of lines in V1.
 * @returns each line, null for what is none; empty where the webhook was only tried out
 */
export function parseCassoBody(body: unknown) {
  const parsed = call.safeParse(body)
  if (!parsed.success) return [null]
  const { data } = parsed.data
  if (Array.isArray(data)) return data.filter((line) => !isTest(line)).map(parseCassoLine)
  return isTest(data) ? [] : [noticeOf(lineOfV2.safeParse(data), data)]
}

/**
 * Reads a line as webhook V1 and the list of transactions write it.
 * @returns null where it is none
 */
export const parseCassoLine = (line: unknown) => noticeOf(lineOfV1.safeParse(line), line)

const isTest = (line: unknown): boolean => testLine.safeParse(line).success

/** A negative amount went out. A balance of 0 means that the bank did not tell. */
function noticeOf(parsed: z.ZodSafeParseResult<z.output<typeof lineOfV2>>, body: unknown) {
  if (!parsed.success) return null
  const { id, reference, description, amount, runningBalance, transactionDateTime, accountNumber } = parsed.data
  return {
    provider: 'casso' as const,
    providerEventId: id,
    accountNumber,
    direction: amount > 0 ? ('in' as const) : ('out' as const),
    amountVnd: BigInt(Math.abs(amount)),
    reference,
    memo: description ?? '',
    transactedAt: transactionDateTime,
    runningBalanceVnd: runningBalance ? BigInt(runningBalance) : null,
    body,
  }
}
