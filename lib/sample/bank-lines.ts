import type { BankNotice } from '../bank/model'
import { parseSepayBody } from '../payments/sepay/parse'
import { mangledMemo, TEST_BANKS, type Mangling } from '../payments/test-bank/memos'
import { addDays, formatBankMoment, type Day } from '../time/day'
import { officeMoment, momentOf } from './calendar'
import { chance } from './chance'
import { looseMemo } from './people'

/**
 * Invented accounts of an invented bank. No bank of Việt Nam has the number 999901: NAPAS numbers begin with 97, and a
 * bank's app refuses such a QR.
 */
export const SAMPLE_ACCOUNTS = {
  'ha-noi': {
    bankBin: '999901',
    bankName: 'Ngân hàng Mẫu',
    accountNumber: '000012345678',
    accountName: 'QUY BAO TRO TRE EM HA NOI (MAU)',
    alias: 'Hà Nội 01',
  },
  'ninh-thuan': {
    bankBin: '999901',
    bankName: 'Ngân hàng Mẫu',
    accountNumber: '000087654321',
    accountName: 'QUY BAO TRO TRE EM NINH THUAN (MAU)',
    alias: 'Ninh Thuận 01',
  },
} as const

export type SampleFund = keyof typeof SAMPLE_ACCOUNTS
export const SAMPLE_FUNDS = ['ha-noi', 'ninh-thuan'] as const

/** A line of a bank account, before it has a number. */
export interface PlannedLine {
  key: string
  at: Date
  accountNumber: string
  direction: 'in' | 'out'
  amountVnd: bigint
  /** What the sender wrote; null where it is the payment code of `giftKey`. */
  memo: string | null
  giftKey: string | null
  isMistyped: boolean
  /** Told again: the same notice, the same line under another id, or the same line with nothing to know it by. */
  again: 'never' | 'same_notice' | 'other_notice' | 'unsure'
}

/** How a line is told twice, now and then. */
export const tellAgain = (key: string, seed: string): PlannedLine['again'] =>
  chance(seed, `again/${key}`).weighted([
    ['never', 970],
    ['same_notice', 18],
    ['other_notice', 11],
    ['unsure', 1],
  ] as const)

/** Lines that belong to no pledge: gifts without a code, fees, money to an account that is not ours. */
export function looseLines(seed: string, anchorDay: Day, percent: number): PlannedLine[] {
  return SAMPLE_FUNDS.flatMap((fund) => {
    const luck = chance(seed, `loose/${fund}`)
    const { accountNumber } = SAMPLE_ACCOUNTS[fund]
    const day = () => addDays(anchorDay, -luck.int(0, 364))
    const line = (
      name: string,
      at: Date,
      direction: 'in' | 'out',
      amountVnd: bigint,
      memo: string,
      to: string = accountNumber,
    ): PlannedLine => ({
      ...{ key: `loose/${fund}/${name}`, at, direction, amountVnd, memo, accountNumber: to },
      ...{ giftKey: null, isMistyped: false, again: 'never' },
    })
    const withoutCode = Array.from({ length: Math.max(2, Math.round((34 * percent) / 100)) }, (_, index) => {
      const amountVnd = luck.pick([50_000n, 100_000n, 200_000n, 200_000n, 300_000n, 500_000n, 1_000_000n, 2_000_000n])
      return line(
        `gift-${index}`,
        momentOf(day(), luck),
        'in',
        amountVnd,
        `MBVCB.${luck.digits(10)}.${looseMemo(luck)}.CT tu ${luck.digits(13)} toi ${accountNumber}`,
      )
    })
    // The newest of one fund is of a day that is not closed yet, so nobody said what it is.
    const feeDay = (index: number) => addDays(anchorDay, index === 0 && fund === 'ha-noi' ? -1 : -8 - index * 30)
    const fees = Array.from({ length: 12 }, (_, index) =>
      line(`fee-${index}`, officeMoment(feeDay(index), luck), 'out', 11_000n, 'PHI QUAN LY TAI KHOAN'),
    )
    const strange = Array.from({ length: 3 }, (_, index) =>
      line(`strange-${index}`, momentOf(day(), luck), 'in', 200_000n, 'ung ho', `0000999${luck.digits(5)}`),
    )
    const huge = line(
      'huge',
      officeMoment(addDays(anchorDay, fund === 'ha-noi' ? -41 : -19), luck),
      'in',
      fund === 'ha-noi' ? 120_000_000n : 350_000_000n,
      `${luck.digits(6)}.${luck.digits(6)}.cong ty ung ho chuong trinh tre em vung cao`,
    )
    return [...withoutCode, ...fees, ...strange, huge]
  })
}

/** A line with its number. */
export type NumberedLine = PlannedLine & { number: number }

/** Puts lines in the order of time. */
export function numberLines(lines: PlannedLine[]): NumberedLine[] {
  const ordered = [...lines].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1))
  return ordered.map((line, index) => ({ ...line, number: FIRST_NUMBER + index * 2 }))
}

/** Above what SePay's documentation shows, and far below the numbers of the test bank. */
const FIRST_NUMBER = 5_000_000

/** Manglings after which an exact code is still there. */
const HARMLESS: [Mangling, number][] = [
  ['none', 50],
  ['upper_case', 12],
  ['lower_case', 8],
  ['space_each_35', 9],
  ['space_lost_at_35', 6],
  ['signs_to_spaces', 8],
  ['signs_removed', 4],
  ['words_glued', 3],
]

/**
 * The notices of a line as SePay sends them, with the same ids, references and memos each time they are made.
 * @param code the payment code of its gift, where it has one
 */
export function noticesOf(line: NumberedLine, code: string | null, seed: string): BankNotice[] {
  const luck = chance(seed, `notice/${line.key}`)
  const isUnsure = line.again === 'unsure'
  const reference = `FT${luck.digits(12)}`
  const mangling = line.isMistyped ? 'wrong_symbol' : luck.weighted(HARMLESS)
  const words = { memo: code ?? '', reference: luck.digits(10), accountNumber: line.accountNumber }
  const content = line.memo ?? mangledMemo(luck.pick(TEST_BANKS), mangling, words)
  const notice = (id: number): BankNotice => {
    const parsed = parseSepayBody({
      id,
      gateway: 'Ngân hàng Mẫu',
      transactionDate: formatBankMoment(line.at),
      accountNumber: line.accountNumber,
      code: null,
      content,
      transferType: line.direction,
      transferAmount: Number(line.amountVnd),
      // What is left in the account depends on what was paid meanwhile: the statements say it.
      accumulated: null,
      subAccount: null,
      referenceCode: isUnsure ? null : reference,
      description: '',
    })
    if (!parsed) throw new Error(`line ${line.key} is no notice`)
    return parsed
  }
  const first = notice(line.number)
  if (line.again === 'never') return [first]
  return [first, line.again === 'same_notice' ? first : notice(line.number + 1)]
}
