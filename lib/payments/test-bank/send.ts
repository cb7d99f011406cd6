import type { ServerContext } from '../../context'
import { formatBankMoment } from '../../time/day'
import { sepaySignature } from '../sepay/verify'
import { mangledMemo, TEST_BANKS, type Mangling } from './memos'

export interface TestTransfer {
  accountNumber: string
  amountVnd: bigint
  /** What the donor's app put into the memo. */
  memo: string
  bankKey: string
  mangling: Mangling
}

/** What the test bank told the site, and what the site answered. */
export interface TestNotice {
  memo: string
  reference: string
  status: number
  answer: string
}

/**
 * Plays the aggregator in a sample installation: sends the same signed webhook, over HTTP, that SePay sends
 * for a transfer that arrived. Throws in a real installation.
 */
export async function sendTestTransfer(context: ServerContext, transfer: TestTransfer): Promise<TestNotice> {
  if (context.installation.kind !== 'sample') throw new Error('the test bank exists in sample installations alone')
  const { webhookSecret } = context.sepay
  if (webhookSecret === null) throw new Error('a sample installation has a webhook secret')
  const bank = TEST_BANKS.find(({ key }) => key === transfer.bankKey)
  if (!bank) throw new RangeError('unknown test bank')
  const number = Buffer.from(context.random(6)).readUIntBE(0, 6)
  const reference = `TEST${number}`
  const memo = mangledMemo(bank, transfer.mangling, {
    memo: transfer.memo,
    reference: String(number).slice(0, 12),
    accountNumber: transfer.accountNumber,
  })
  const now = context.now()
  const body = JSON.stringify({
    id: number,
    gateway: 'Vietcombank',
    transactionDate: formatBankMoment(now),
    accountNumber: transfer.accountNumber,
    code: null,
    content: memo,
    transferType: 'in',
    transferAmount: Number(transfer.amountVnd),
    accumulated: 0,
    subAccount: null,
    referenceCode: reference,
    description: `BankAPINotify ${memo}`,
  })
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const response = await fetch(`${context.selfOrigin}/api/webhooks/sepay`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-SePay-Timestamp': timestamp,
      'X-SePay-Signature': sepaySignature(webhookSecret, timestamp, body),
    },
    body,
    signal: AbortSignal.timeout(10_000),
  })
  return { memo, reference, status: response.status, answer: await response.text() }
}
