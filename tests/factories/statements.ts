import { utils, write, type WorkSheet } from '@e965/xlsx'
import { formatDay, type Day } from '../../lib/time/day'
import { ACCOUNTS } from './site'

/** A line of a made statement. */
export interface MadeLine {
  day: Day
  /** "14:02:37", where the layout tells the moment. */
  time?: string | undefined
  /** Money that went out is below zero. */
  amountVnd: number
  reference: string
  memo: string
  feeVnd?: number
  vatVnd?: number
}

export interface MadeStatement {
  account?: string
  openingVnd?: number
  lines: MadeLine[]
}

type Value = string | number | null
type Row = Value[]

/** A sheet as its rows, and which cells of it are merged, "A1:C1". */
export interface MadeSheet {
  rows: Row[]
  merges?: string[]
}

/** "1,234,567.00" and "1.234.567": the two ways in which banks of Việt Nam write numbers. */
const withCommas = (amount: number): string => `${amount.toLocaleString('en-US')}.00`
const withDots = (amount: number): string => amount.toLocaleString('de-DE')

interface Balanced extends MadeLine {
  balanceVnd: number
}

function balanced({ openingVnd = 1_000_000, lines }: MadeStatement): {
  lines: Balanced[]
  openingVnd: number
  closingVnd: number
  inVnd: number
  outVnd: number
} {
  let balanceVnd = openingVnd
  const all = lines.map((line) => {
    balanceVnd += line.amountVnd - (line.feeVnd ?? 0) - (line.vatVnd ?? 0)
    return { ...line, balanceVnd }
  })
  const sum = (sign: number) => lines.reduce((total, { amountVnd }) => total + (Math.sign(amountVnd) === sign ? Math.abs(amountVnd) : 0), 0)
  return { lines: all, openingVnd, closingVnd: balanceVnd, inVnd: sum(1), outVnd: sum(-1) }
}

const debit = ({ amountVnd }: MadeLine, write: (amount: number) => Value): Value => (amountVnd < 0 ? write(-amountVnd) : null)
const credit = ({ amountVnd }: MadeLine, write: (amount: number) => Value): Value => (amountVnd > 0 ? write(amountVnd) : null)
/** "/11/2026" */
const monthOf = ([first]: readonly MadeLine[]): string => formatDay(first?.day ?? '2026-11-01').slice(2)
const accountOf = ({ account = ACCOUNTS['ha-noi'] }: MadeStatement): string => account

/** Vietcombank: commas, no balance after each line, a total, and titles that say both ends. */
export function vietcombank(made: MadeStatement): MadeSheet {
  const { lines, openingVnd, closingVnd, inVnd, outVnd } = balanced(made)
  return {
    rows: [
      ['NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM'],
      ['SAO KÊ TÀI KHOẢN'],
      [],
      ['Số tài khoản:', accountOf(made), null, 'Loại tiền: VND'],
      [`Từ ngày: 01${monthOf(lines)} đến ngày: 28${monthOf(lines)}`],
      ['Số dư đầu kỳ:', withCommas(openingVnd)],
      [],
      ['Ngày\ngiao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Mô tả'],
      ...lines.map((line) => [formatDay(line.day), line.reference, debit(line, withCommas), credit(line, withCommas), line.memo]),
      ['Tổng số', null, withCommas(outVnd), withCommas(inVnd)],
      ['Số dư cuối kỳ:', withCommas(closingVnd)],
      [],
      ['Quý khách vui lòng liên hệ 1900 54 54 13 nếu cần hỗ trợ'],
    ],
    merges: ['A1:E1', 'A2:E2', 'A5:E5'],
  }
}

/** VCB CashUp: the day and the number of the paper in one cell, with a line break; English heads; newest first. */
export function cashUp(made: MadeStatement): MadeSheet {
  const { lines, openingVnd, closingVnd, inVnd, outVnd } = balanced(made)
  return {
    rows: [
      ['VCB CASHUP - SAO KÊ TÀI KHOẢN / STATEMENT OF ACCOUNT'],
      ['Số tài khoản / Account No', null, accountOf(made)],
      ['Số dư đầu kỳ / Opening balance', null, withCommas(openingVnd)],
      ['Số dư cuối kỳ / Closing balance', null, withCommas(closingVnd)],
      ['STT\nNo.', 'TNX Date/\nSố CT', 'Số tiền', null, 'Số dư\nBalance', 'Nội dung chi tiết\nTransactions in detail'],
      [null, null, 'Debit', 'Credit', null, null],
      ...lines
        .map((line, index): Row => [
          ...[index + 1, `${formatDay(line.day)}\n${line.reference}`, debit(line, withCommas), credit(line, withCommas)],
          ...[withCommas(line.balanceVnd), line.memo],
        ])
        .reverse(),
      ['Tổng cộng', null, withCommas(outVnd), withCommas(inVnd)],
    ],
    merges: ['A1:F1', 'C5:D5', 'A5:A6', 'B5:B6', 'E5:E6', 'F5:F6'],
  }
}

/** BIDV: dots, a day is written once for all of its lines. */
export function bidv(made: MadeStatement): MadeSheet {
  const { lines, openingVnd, closingVnd } = balanced(made)
  return {
    rows: [
      ['BIDV', null, null, null, 'SỔ PHỤ KHÁCH HÀNG'],
      ['Tài khoản số', accountOf(made)],
      ['STT', 'Ngày hiệu lực', 'Số CT/Số tham chiếu', 'Ghi nợ', 'Ghi có', 'Số dư', 'Mô tả'],
      [null, null, null, null, 'Số dư đầu kỳ', withDots(openingVnd)],
      ...lines.map((line, index): Row => [
        ...[index + 1, line.day === lines[index - 1]?.day ? null : formatDay(line.day), line.reference],
        ...[debit(line, withDots), credit(line, withDots), withDots(line.balanceVnd), line.memo],
      ]),
      [null, null, 'Cộng phát sinh'],
      [null, null, null, null, 'Số dư cuối kỳ', withDots(closingVnd)],
      [null, null, null, null, 'Hà Nội, ngày 30 tháng 11 năm 2026'],
      [null, 'Lập bảng', null, 'Kiểm soát'],
    ],
    merges: ['E1:G1'],
  }
}

/** VietinBank: heads in two languages, and its own day beside the day it happened. */
function vietinBank(made: MadeStatement): MadeSheet {
  const { lines } = balanced(made)
  return {
    rows: [
      ['VietinBank'],
      [`Lịch sử giao dịch tài khoản số ${accountOf(made)} - QUY MAU`],
      ['Ngày hạch toán', 'Ngày phát sinh', 'Mô tả giao dịch', 'Nợ/Debit', 'Có/Credit', 'Số dư TK', 'Số giao dịch'],
      ...lines.map((line) => [
        ...[formatDay(line.day), `${formatDay(line.day)} ${line.time ?? '08:00:00'}`, line.memo],
        ...[debit(line, withCommas), credit(line, withCommas), withCommas(line.balanceVnd), line.reference],
      ]),
      ['Tổng cộng'],
    ],
  }
}

/** MB: numbers as numbers, dots elsewhere, two days, and a memo under one of two names. */
export function mb(made: MadeStatement): MadeSheet {
  const { lines, openingVnd, closingVnd } = balanced(made)
  const asNumber = (amount: number) => amount
  return {
    rows: [
      [null, 'NGÂN HÀNG TMCP QUÂN ĐỘI'],
      [null, 'Số tài khoản', accountOf(made)],
      [null, 'Số dư đầu kỳ', openingVnd, 'Số dư cuối kỳ', closingVnd],
      [],
      ['STT', 'Ngày hạch toán', 'Ngày giao dịch', 'Phát sinh nợ', 'Phát sinh có', 'Số dư', 'Nội dung/Diễn giải', 'Số bút toán'],
      ...lines.map((line, index): Row => [
        ...[index + 1, formatDay(line.day), `${formatDay(line.day)} ${line.time ?? '09:30:00'}`],
        ...[debit(line, asNumber) ?? 0, credit(line, asNumber) ?? 0, line.balanceVnd, line.memo, line.reference],
      ]),
      ['Tổng', null, null, 0, 0],
    ],
    merges: ['B1:H1'],
  }
}

/** Techcombank: English, debits below zero, fee and VAT in columns of their own. */
export function techcombank(made: MadeStatement): MadeSheet {
  const { lines } = balanced(made)
  return {
    rows: [
      ['Techcombank'],
      [`Account number: ${accountOf(made)}`],
      [
        ...['Requesting date', 'Transaction date', 'Reference', "Remitter's bank", "Remitter's account number", "Remitter's account name"],
        ...['Description', 'Debit', 'Credit', 'Fee', 'VAT', 'Balance'],
      ],
      ...lines.map((line) => [
        ...[formatDay(line.day), formatDay(line.day), line.reference, 'NGAN HANG MAU', '0000', 'NGUOI MAU', line.memo],
        ...[debit(line, (amount) => `-${withCommas(amount)}`), credit(line, withCommas)],
        ...[line.feeVnd ? withCommas(line.feeVnd) : null, line.vatVnd ? withCommas(line.vatVnd) : null, withCommas(line.balanceVnd)],
      ]),
      ['Total'],
    ],
  }
}

/** A bank whose words nobody knows. */
export function unknownBank(made: MadeStatement): MadeSheet {
  const { lines } = balanced(made)
  return {
    rows: [
      ['Ngân hàng Mẫu', null, 'Sổ phụ', accountOf(made)],
      ['Hôm', 'Mã', 'Xuất', 'Nhập', 'Tồn', 'Lý do'],
      ...lines.map((line) => [
        formatDay(line.day),
        line.reference,
        debit(line, withDots),
        credit(line, withDots),
        withDots(line.balanceVnd),
        line.memo,
      ]),
    ],
  }
}

export const LAYOUTS = { vietcombank, cashUp, bidv, vietinBank, mb, techcombank } as const

/** Sheets as the bytes of a real file; a .csv has the first of them. */
export function fileOf(format: 'csv' | 'xls' | 'xlsx', ...sheets: MadeSheet[]): Buffer {
  const book = utils.book_new()
  for (const [index, { rows, merges = [] }] of sheets.entries()) {
    const sheet: WorkSheet = utils.aoa_to_sheet(rows)
    sheet['!merges'] = merges.map((merge) => utils.decode_range(merge))
    utils.book_append_sheet(book, sheet, `Trang ${index + 1}`)
  }
  if (format === 'csv') return Buffer.from(utils.sheet_to_csv(book.Sheets['Trang 1'] ?? {}), 'utf8')
  const bytes: unknown = write(book, { type: 'buffer', bookType: format === 'xls' ? 'biff8' : 'xlsx' })
  if (!Buffer.isBuffer(bytes)) throw new Error('no bytes')
  return bytes
}

/** Three days of lines, with a debit, a line break in a memo, and two equal gifts. */
export const someLines = (): MadeLine[] => [
  { day: '2026-11-20', time: '09:15:00', amountVnd: 50_000, reference: '5091 - 1001', memo: 'ung ho cac em' },
  { day: '2026-11-20', time: '10:20:30', amountVnd: 500_000, reference: '5091 - 1002', memo: 'MBVCB.1234567890.\nchuyen tien' },
  { day: '2026-11-21', time: '11:00:00', amountVnd: -120_000, reference: '5091 - 1003', memo: 'Mua sach vo', feeVnd: 2_000, vatVnd: 200 },
  { day: '2026-11-23', time: '08:00:00', amountVnd: 50_000, reference: '5091 - 1004', memo: 'ung ho cac em' },
]
