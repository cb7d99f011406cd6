import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { read, utils } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { toCsv } from './csv'
import type { Cell, Heading } from './model'
import { toXlsx } from './xlsx'

const HEADINGS: Heading[] = [
  { text: 'Nội dung', kind: 'text' },
  { text: 'Số tiền (₫)', kind: 'number' },
  { text: 'Ngày', kind: 'day' },
  { text: 'Lúc', kind: 'moment' },
]
const ROWS: Cell[][] = [
  ['Ủng hộ "các em", xã <Ba Vì> & bạn', 1_250_000n, '2026-11-23', '2026-11-23 20:14:05'],
  ['=HYPERLINK("http://x","y")', -5n, null, null],
  ['+84 912', 999_999_999_999_999n, '2024-02-29', '2026-12-31 00:00:00'],
  ['-1+1', 123_456_789_012_345_678n, null, null],
  ['@SUM(A1)', 0n, null, null],
  ['hai\ndòng\u0001\ud800', null, null, null],
]

async function* one(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  await turn()
  yield rows
}

test('CSV opens in Excel with its letters, and runs nothing', async () => {
  const bytes = await buffer(toCsv(HEADINGS, one(ROWS)))
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(bytes.toString('utf8').slice(1).split('\r\n')).toEqual([
    'Nội dung,Số tiền (₫),Ngày,Lúc',
    '"Ủng hộ ""các em"", xã <Ba Vì> & bạn",1250000,2026-11-23,2026-11-23 20:14:05',
    `"'=HYPERLINK(""http://x"",""y"")",-5,,`,
    "'+84 912,999999999999999,2024-02-29,2026-12-31 00:00:00",
    "'-1+1,123456789012345678,,",
    "'@SUM(A1),0,,",
    '"hai\ndòng\u0001\ufffd",,,',
    '',
  ])
})

test('a workbook has numbers as numbers, days as days, and texts as texts', async () => {
  const book = read(await buffer(toXlsx('Dòng sao kê', HEADINGS, one(ROWS))), { cellNF: true, UTC: true, cellDates: true })
  expect(book.SheetNames).toEqual(['Dòng sao kê'])
  const sheet = book.Sheets['Dòng sao kê'] ?? {}
  const rows: unknown[][] = utils.sheet_to_json(sheet, { header: 1, raw: true, defval: null, UTC: true })
  expect(rows).toEqual([
    HEADINGS.map(({ text }) => text),
    ['Ủng hộ "các em", xã <Ba Vì> & bạn', 1_250_000, new Date('2026-11-23T00:00:00Z'), new Date('2026-11-23T20:14:05Z')],
    ['=HYPERLINK("http://x","y")', -5, null, null],
    ['+84 912', 999_999_999_999_999, new Date('2024-02-29T00:00:00Z'), new Date('2026-12-31T00:00:00Z')],
    // More digits than Excel keeps: as text, whole.
    ['-1+1', '123456789012345678', null, null],
    ['@SUM(A1)', 0, null, null],
    ['hai\ndòng\ufffd', null, null, null],
  ])
  expect(Object.values(sheet).some((cell: unknown) => typeof cell === 'object' && cell !== null && 'f' in cell)).toBe(false)
})

test('goes on in another sheet where one is full', async () => {
  const many = Array.from({ length: 7 }, (_, index): Cell[] => [String(index), BigInt(index), null, null])
  const book = read(await buffer(toXlsx('Bảng [1]', HEADINGS, one(many), 4)))
  expect(book.SheetNames).toEqual(['Bảng  1 ', 'Bảng  1  2', 'Bảng  1  3'])
  const cells = book.SheetNames.map((name) =>
    utils
      .sheet_to_json<unknown[]>(book.Sheets[name] ?? {}, { header: 1 })
      .slice(1)
      .map(([first]) => first),
  )
  expect(cells).toEqual([['0', '1', '2'], ['3', '4', '5'], ['6']])
})

test.each([
  ['CSV', toCsv],
  ['a workbook', (headings: readonly Heading[], batches: AsyncIterable<Cell[][]>): Readable => toXlsx('Bảng', headings, batches)],
])('%s asks for no more once whoever reads it has gone', async (_what, make) => {
  const asked = { batches: 0, isEnded: false }
  async function* endless(): AsyncGenerator<Cell[][]> {
    try {
      for (;;) {
        asked.batches += 1
        await turn()
        yield Array.from({ length: 500 }, (): Cell[] => [randomBytes(200).toString('hex'), 1n, null, null])
      }
    } finally {
      asked.isEnded = true
    }
  }
  const stream = make(HEADINGS, endless())
  // Nobody reads yet: what is in the making has its bounds.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(asked.batches).toBeLessThan(12)
  let read = 0
  stream.on('data', () => {
    read += 1
    if (read === 3) stream.destroy()
  })
  await expect.poll(() => asked.isEnded).toBe(true)
  const { batches } = asked
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked.batches).toBe(batches)
})
