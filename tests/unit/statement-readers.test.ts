import { deflateRawSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { readRows } from '../../lib/statements/file'
import { formatOf } from '../../lib/statements/format'
import { RefusedFile, type Item, type StatementLine } from '../../lib/statements/model'
import { readStatement, type Known } from '../../lib/statements/read'
import { ACCOUNTS } from '../factories/site'
import {
  bidv,
  cashUp,
  fileOf,
  LAYOUTS,
  mb,
  someLines,
  techcombank,
  unknownBank,
  vietcombank,
  type MadeLine,
  type MadeSheet,
} from '../factories/statements'

const ACCOUNT = ACCOUNTS['ha-noi']
const OTHER = '999988887777'
const known: Known = { accounts: [ACCOUNT, OTHER], givenAccount: null, mappings: [] }

/** Reads bytes that lie in a store in parts of so many bytes. */
async function read(bytes: Buffer, what: Partial<Known> = {}, partBytes = 7_001): Promise<Item[]> {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += partBytes) parts.push(bytes.subarray(at, at + partBytes))
  const items: Item[] = []
  for await (const item of readStatement(
    readRows(async function* () {
      yield* parts
    }, formatOf(bytes)),
    { ...known, ...what },
  ))
    items.push(item)
  return items
}

const linesOf = (items: Item[]): StatementLine[] => items.flatMap((item) => (item.kind === 'line' ? [item.line] : []))
const endsOf = (items: Item[]) => items.flatMap((item) => (item.kind === 'end' ? [item.end] : []))
const unreadableOf = (items: Item[]) => items.flatMap((item) => (item.kind === 'unreadable' ? [item.unreadable.problem] : []))
const contradictionsOf = (items: Item[]) => linesOf(items).flatMap(({ contradiction }) => (contradiction ? [contradiction] : []))
const refusalOf = async (bytes: Buffer, what: Partial<Known> = {}) => {
  const refused: unknown = await read(bytes, what).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(refused instanceof RefusedFile)) throw new Error('not refused', { cause: refused })
  return refused.problem
}

/** What must come of `someLines`, in the order of time, whatever bank wrote it. */
const expected = (layout: string) => {
  const withFees = layout === 'techcombank'
  return [
    { part: null, postedOn: '2026-11-20', direction: 'in', amountVnd: 50_000n, reference: '5091 - 1001', memo: 'ung ho cac em' },
    { part: null, postedOn: '2026-11-20', direction: 'in', amountVnd: 500_000n, reference: '5091 - 1002' },
    { part: null, postedOn: '2026-11-21', direction: 'out', amountVnd: 120_000n, reference: '5091 - 1003' },
    ...(withFees
      ? [
          { part: 'fee', postedOn: '2026-11-21', direction: 'out', amountVnd: 2_000n, reference: '5091 - 1003' },
          { part: 'vat', postedOn: '2026-11-21', direction: 'out', amountVnd: 200n, reference: '5091 - 1003' },
        ]
      : []),
    { part: null, postedOn: '2026-11-23', direction: 'in', amountVnd: 50_000n, reference: '5091 - 1004' },
  ]
}

/** Only Techcombank writes fees beside the lines; elsewhere they would be lines. */
const linesFor = (layout: string) => (layout === 'techcombank' ? someLines() : someLines().map(withoutFees))
const withoutFees = ({ day, time, amountVnd, reference, memo }: MadeLine): MadeLine => ({ day, time, amountVnd, reference, memo })

describe.each(Object.entries(LAYOUTS))('%s', (name, layout) => {
  test.each(['xlsx', 'xls', 'csv'] as const)('is read from an .%s', async (format) => {
    const items = await read(fileOf(format, layout({ lines: linesFor(name) })))
    const lines = linesOf(items)
    expect(name === 'cashUp' ? lines.reverse() : lines).toMatchObject(expected(name))
    expect(unreadableOf(items)).toEqual([])
    expect(contradictionsOf(items)).toEqual([])
    expect(endsOf(items)).toMatchObject([{ isNewestFirst: name === 'cashUp' }])
    expect(items[0]).toEqual({ kind: 'section', section: { position: 1, accountNumber: ACCOUNT } })
  })
})

const some = (wish: Partial<MadeLine> = {}): MadeLine[] => linesFor('').map((line, index) => (index === 1 ? { ...line, ...wish } : line))
const csv = (rows: string[]): Buffer => Buffer.from(rows.join('\r\n'), 'utf8')
const HEAD = 'Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Số dư;Mô tả'
const TITLE = `Số tài khoản;${ACCOUNT}`

describe('a statement', () => {
  test('tells both ends and the period', async () => {
    expect(endsOf(await read(fileOf('xlsx', vietcombank({ lines: some() }))))).toEqual([
      {
        ...{ position: 1, openingVnd: 1_000_000n, closingVnd: 1_480_000n, isNewestFirst: false },
        period: { from: '2026-11-01', to: '2026-11-28' },
      },
    ])
  })

  test('tells the moment beside the day on which the bank booked it', async () => {
    const [first, second] = linesOf(await read(fileOf('xlsx', mb({ lines: some() }))))
    expect(first?.transactedAt).toEqual(new Date('2026-11-20T02:15:00Z'))
    expect(second?.balanceVnd).toBe(1_550_000n)
    const [dayAlone] = linesOf(await read(fileOf('xlsx', bidv({ lines: some() }))))
    expect(dayAlone?.transactedAt).toEqual(new Date('2026-11-19T17:00:00Z'))
  })

  test('of several accounts, below each other or in sheets, is several sections', async () => {
    const [above, below] = [bidv({ lines: some() }), bidv({ account: OTHER, openingVnd: 7_000, lines: some({ amountVnd: 1_000 }) })]
    for (const sheets of [[above, below], [{ rows: [...above.rows, ...below.rows] }]] satisfies MadeSheet[][]) {
      const items = await read(fileOf('xlsx', ...sheets))
      expect(items.flatMap((item) => (item.kind === 'section' ? [item.section.accountNumber] : []))).toEqual([ACCOUNT, OTHER])
      expect(endsOf(items)).toMatchObject([
        { openingVnd: 1_000_000n, closingVnd: 1_480_000n },
        { openingVnd: 7_000n, closingVnd: -12_000n },
      ])
      expect(contradictionsOf(items)).toEqual([])
    }
  })

  test('with the account in a column is told apart by it', async () => {
    const rows = [`Tài khoản phụ`, `${HEAD};Số tài khoản`]
    const line = (account: string, amount: number, balance: number) => `20/11/2026;R${balance};;${amount};${balance};x;${account}`
    const items = await read(csv([...rows, line(ACCOUNT, 5, 105), line(OTHER, 7, 1_007), line(ACCOUNT, 5, 110), line(OTHER, 7, 1_014)]))
    expect(linesOf(items).map(({ section, balanceVnd }) => [section, balanceVnd])).toEqual([
      [1, 105n],
      [1, 110n],
      [2, 1_007n],
      [2, 1_014n],
    ])
    expect(contradictionsOf(items)).toEqual([])
  })

  test('on several pages repeats its headers', async () => {
    const page = (day: number, balance: number) => [HEAD, `${day}/11/2026;R${day};;50.000;${balance};ung ho`, 'Trang 1/2']
    const items = await read(csv([TITLE, ...page(20, 100_000), ...page(21, 150_000), ...page(22, 200_000)]))
    expect(endsOf(items)).toHaveLength(1)
    expect(linesOf(items)).toHaveLength(3)
    expect(contradictionsOf(items)).toEqual([])
  })

  test('without a letter of its own alphabet is read alike', async () => {
    const items = await read(
      csv([
        'So TK,' + ACCOUNT,
        'Ngay,So CT,No,Co,So du,Dien giai',
        '20/11/2026,A1,,"50,000","150,000",x',
        '20/11/2026,A2,"50,000",,"100,000",y',
      ]),
    )
    expect(linesOf(items).map(({ direction }) => direction)).toEqual(['in', 'out'])
  })

  test('with one column of amounts says by a sign or a letter which way they went', async () => {
    const signed = await read(
      csv([TITLE, 'Date\tAmount\tDescription\tBalance', '20/11/2026\t-50.000\tx\t100.000', '21/11/2026\t+70.000\ty\t170.000']),
    )
    const lettered = await read(
      csv([TITLE, 'Date|D/C|Amount|Description', '20/11/2026|D|50.000|x', '21/11/2026|C|70.000|y', '21/11/2026|?|70.000|z']),
    )
    for (const items of [signed, lettered]) {
      expect(linesOf(items).map(({ direction, amountVnd }) => [direction, amountVnd])).toEqual([
        ['out', 50_000n],
        ['in', 70_000n],
      ])
    }
    expect(unreadableOf(lettered)).toEqual([{ code: 'no_side', row: 5, found: '?' }])
  })

  test.each([
    ['UTF-8 with a mark', (text: string) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16', (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16, the other way round', (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])],
    ['Windows-1258', windows1258],
  ])('is read from a .csv in %s', async (_name, encode) => {
    const items = await read(encode([TITLE, HEAD, '20/11/2026;R1;;50.000;150.000;ủng hộ áo ấm'].join('\n')), {}, 33)
    expect(linesOf(items)).toMatchObject([{ amountVnd: 50_000n, memo: 'ủng hộ áo ấm' }])
  })

  test('of a bank that nobody knows is read once its columns are said', async () => {
    const bytes = fileOf('xls', unknownBank({ lines: some() }))
    expect(await refusalOf(bytes)).toMatchObject({ code: 'no_headers' })
    const mapping = { hom: 'posted_on', ma: 'reference', xuat: 'debit', nhap: 'credit', ton: 'balance', 'ly do': 'memo' } as const
    const items = await read(bytes, { mappings: [mapping], givenAccount: ACCOUNT })
    expect(linesOf(items)).toMatchObject(expected(''))
    expect(contradictionsOf(items)).toEqual([])
  })
})

describe('a row that is no line', () => {
  const around = async (...rows: string[]) => read(csv([TITLE, HEAD, '20/11/2026;R1;;50.000;150.000;ung ho', ...rows]))

  test.each([
    ['a total', 'Tổng cộng;;;50.000;;'],
    ['a total without a word', ';;0;50.000;;'],
    ['words', 'Người lập;;;Kế toán trưởng;;'],
    ['a place and a day', ';;;Hà Nội, ngày 20 tháng 11 năm 2026;;'],
    ['a line without money', '20/11/2026;R2;0;0;150.000;khong dong'],
    ['nothing', ';;;;;'],
  ])('is passed over: %s', async (_what, row) => {
    const items = await around(row)
    expect(linesOf(items)).toHaveLength(1)
    expect(unreadableOf(items)).toEqual([])
  })

  test.each([
    ['an amount that is none', '20/11/2026;R2;;5o.000;;x', { code: 'amount', found: '5o.000' }],
    ['a part of a đồng', '20/11/2026;R2;;50.000,5;;x', { code: 'not_whole', found: '50.000,5' }],
    ['a day that is none', '31/02/2026;R2;;50.000;;x', { code: 'day', found: '31/02/2026' }],
    ['both sides', '20/11/2026;R2;1.000;50.000;;x', { code: 'both_sides', found: '50.000' }],
    ['no amount', '20/11/2026;R2;;;150.000;x', { code: 'no_amount' }],
    ['a balance that is none', '20/11/2026;R2;;1.000;1.5.0;x', { code: 'amount', found: '1.5.0' }],
  ])('that should be one is said with its row: %s', async (_what, row, problem) => {
    const items = await around(row)
    expect(unreadableOf(items)).toEqual([{ row: 4, ...problem }])
  })

  test('without a day above it is not read', async () => {
    const items = await read(csv([TITLE, HEAD, ';R1;;50.000;150.000;ung ho']))
    expect(unreadableOf(items)).toEqual([{ code: 'no_day', row: 3 }])
  })

  test('that is a formula is not believed', async () => {
    const { rows } = mb({ lines: some() })
    const sheet = utils.aoa_to_sheet(rows)
    sheet['E7'] = { t: 'n', f: 'E6*10', v: 500_000 }
    const bytes: unknown = write({ SheetNames: ['A'], Sheets: { A: sheet } }, { type: 'buffer', bookType: 'xlsx' })
    expect(unreadableOf(await read(Buffer.isBuffer(bytes) ? bytes : Buffer.of()))).toEqual([{ code: 'formula', row: 7, sheet: 'A' }])
  })
})

describe('balances are checked line by line', () => {
  test.each([
    ['in the order of time', bidv],
    ['newest first', cashUp],
  ])('%s: a line that was changed or taken out is found', async (_order, layout) => {
    const { rows } = layout({ lines: some() })
    const at = rows.findIndex((row) => row.includes('MBVCB.1234567890.\nchuyen tien'))
    const changed = rows.map((row, index) =>
      index === at ? row.map((cell) => (typeof cell === 'string' ? cell.replace(/^500/, '600') : cell)) : row,
    )
    expect(contradictionsOf(await read(fileOf('xlsx', { rows: changed })))).toMatchObject([
      { code: 'balance', row: at + 1, found: '-100000' },
    ])
    const without = rows.filter((_row, index) => index !== at)
    expect(contradictionsOf(await read(fileOf('xlsx', { rows: without })))).toMatchObject([{ code: 'balance', found: '500000' }])
  })

  test('both ends as well, where there are no others', async () => {
    const { rows } = vietcombank({ lines: some() })
    const changed = rows.map((row) => row.map((cell) => (cell === '500,000.00' ? '600,000.00' : cell)))
    expect(contradictionsOf(await read(fileOf('xlsx', { rows: changed })))).toMatchObject([{ code: 'closing', found: '-100000' }])
  })

  test('the one it begins with', async () => {
    const { rows } = bidv({ lines: some() })
    const changed = rows.map((row) => row.map((cell) => (cell === '1.000.000' ? '2.000.000' : cell)))
    expect(contradictionsOf(await read(fileOf('xlsx', { rows: changed })))).toMatchObject([{ code: 'opening', found: '-1000000' }])
  })

  test('over many lines, in either order, with fees', async () => {
    const many = Array.from({ length: 700 }, (_, index): MadeLine => {
      const base = { day: `2026-11-${String(1 + Math.floor(index / 30)).padStart(2, '0')}`, reference: `R${index}`, memo: 'x' }
      return index % 7 === 0 ? { ...base, amountVnd: -3_000, feeVnd: 100, vatVnd: 10 } : { ...base, amountVnd: 10_000 }
    })
    const inOrder = techcombank({ lines: many })
    const reversed = { rows: [...inOrder.rows.slice(0, 3), ...inOrder.rows.slice(3, -1).reverse()] }
    for (const sheet of [inOrder, reversed]) {
      const items = await read(fileOf('csv', sheet))
      expect(linesOf(items)).toHaveLength(900)
      expect(contradictionsOf(items)).toEqual([])
    }
  })
})

describe('a file is refused, and says why', () => {
  const plain = (...rows: string[]) => csv([TITLE, HEAD, ...rows])

  test.each<[string, Buffer, object]>([
    ['nothing in it', Buffer.from(' '), { code: 'empty' }],
    ['no headers', csv(['a;b', 'c;d']), { code: 'no_headers' }],
    ['headers and no lines', plain(), { code: 'no_lines' }],
    ['a page of the web', Buffer.from('<html><table>'), { code: 'markup' }],
    ['noughts', Buffer.from(`a\0b${'x'.repeat(50)}`), { code: 'not_a_statement_file' }],
    ['a cell without end', plain(`20/11/2026;R1;;50.000;;${'x'.repeat(5_000)}`), { code: 'cell_too_long', row: 3 }],
    ['a quote without end', plain(`20/11/2026;"${'x'.repeat(300_000)}`), { code: 'damaged', row: 3 }],
    ['too many columns', csv([TITLE, ';'.repeat(70)]), { code: 'too_many_columns', row: 2 }],
    ['a workbook cut short', fileOf('xlsx', mb({ lines: some() })).subarray(0, 3_000), { code: 'damaged' }],
    ['an old workbook cut short', fileOf('xls', mb({ lines: some() })).subarray(0, 700), { code: 'damaged' }],
    ['another account', csv(['Số tài khoản;123456789', HEAD, '20/11/2026;R1;;50.000;;x']), { code: 'foreign_account', found: '123456789' }],
    ['no account', csv([HEAD, '20/11/2026;R1;;50.000;;x']), { code: 'no_account', row: 2 }],
  ])('%s', async (_what, bytes, problem) => {
    expect(await refusalOf(bytes)).toMatchObject(problem)
  })

  test('of another account than was said', async () => {
    expect(await refusalOf(plain('20/11/2026;R1;;50.000;;x'), { givenAccount: OTHER })).toMatchObject({
      code: 'other_account',
      found: ACCOUNT,
    })
  })

  test('a workbook with macros', async () => {
    expect(await refusalOf(zip([['xl/vbaProject.bin', Buffer.from('x')]]))).toEqual({ code: 'macros' })
  })

  test('a workbook that unpacks to gigabytes, whatever it says of its size', async () => {
    const bomb = deflateRawSync(Buffer.alloc(250 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(400_000)
    expect(await refusalOf(zip([['xl/worksheets/sheet1.xml', bomb]], 250 * 1024 * 1024))).toEqual({ code: 'unpacks_too_large' })
    expect(await refusalOf(zip([['xl/worksheets/sheet1.xml', bomb]], 1_000))).toEqual({ code: 'damaged' })
  }, 60_000)
})

/** A .zip of packed entries, that says of each what size it unpacks to. */
function zip(entries: [string, Buffer][], size?: number): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of entries) {
    const packed = size === undefined ? deflateRawSync(content) : content
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(size ?? content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    head.copy(entry, 8, 6, 30)
    entry.writeUInt32LE(offset, 42)
    files.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += head.length + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}

/** As Windows wrote Vietnamese: letters with the marks that have no place of their own after them. */
function windows1258(text: string): Buffer {
  const page = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1258').decode(Uint8Array.of(byte)), byte]))
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/
  return Buffer.from(
    [...text].flatMap((letter) => {
      const own = page.get(letter)
      if (own !== undefined) return [own]
      const parts = letter.normalize('NFD')
      const tone = [...parts].find((sign) => tones.test(sign)) ?? ''
      const base = parts.replace(tones, '').normalize('NFC')
      return [base, tone].map((sign) => page.get(sign) ?? 63)
    }),
  )
}
