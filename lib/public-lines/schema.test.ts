import { describe, expect, test } from 'vitest'
import { LINE_CLASSES, linesPath, placesNamed, readLineQuery, type LineOptions } from './schema'

const options: LineOptions = {
  accounts: [{ value: 'tk-ha-noi-01', name: 'Hà Nội 01', group: 'account', filter: { fundId: null, account: { receivingAccountId: 7 } } }],
  places: [{ value: 'xa-ba-vi', name: 'Ba Vì', group: 'commune', filter: { lineId: null, unitId: 3 } }],
}
const read = (parameters: Record<string, string>) => readLineQuery(parameters, options, { today: '2026-11-28', logSize: 48_217n })

describe('one field for a code, a sum or words', () => {
  test.each([
    ['tdkp5wbqs', { code: 'TDKP5WBQS', words: [] }],
    ['500.000', { leastVnd: 500_000n, mostVnd: 500_000n, words: [] }],
    ['2 triệu', { leastVnd: 2_000_000n, mostVnd: 2_000_000n, words: [] }],
    ['2 million', { leastVnd: 2_000_000n, mostVnd: 2_000_000n, words: [] }],
    ['+50.000', { leastVnd: 50_000n, mostVnd: 50_000n, direction: 'in', words: [] }],
    ['−2,150,000', { leastVnd: 2_150_000n, mostVnd: 2_150_000n, direction: 'out', words: [] }],
    ['tdkp5', { code: 'TDKP5', words: [] }],
    ['td thanh', { code: null, words: ['td', 'thanh'] }],
    ['tdkp', { code: null, words: ['tdkp'] }],
    ['mục 1.041', { entry: 1_041n, words: [] }],
    ['Entry 1041', { entry: 1_041n, words: [] }],
    ['muc tieu', { entry: null, words: ['muc', 'tieu'] }],
    ['Nguyễn  Thị', { words: ['nguyen', 'thi'] }],
    ['lớp 12', { words: ['lop', '12'] }],
    ['12', { words: ['12'] }],
  ])('%s', (tim, wanted) => expect(read({ tim }).filter).toMatchObject(wanted))

  test('a code with a wrong symbol, and signs alone, are told of', () => {
    expect(read({ tim: 'TD2222223' })).toMatchObject({ filter: null, errors: { tim: 'not_a_code' } })
    expect(read({ tim: '!?' })).toMatchObject({ filter: null, errors: { tim: 'no_words' } })
  })
})

test.each([
  ['20/11/26', '2026-11-20', '2026-11-20'],
  ['20/11', '2026-11-20', '2026-11-20'],
  ['1.12', '2025-12-01', '2025-12-01'],
  ['2/2024', '2024-02-01', '2024-02-29'],
  ['2026-11', '2026-11-01', '2026-11-30'],
  ['2025', '2025-01-01', '2025-12-31'],
])('%s is from %s to %s', (typed, from, to) => {
  expect(read({ tu: typed, den: typed }).filter).toMatchObject({ from, to })
})

test('a link says how it was cited, and never at a size that the log has not', () => {
  const sums = { lines: 12, inVnd: 3_400_000n, outVnd: 0n }
  expect(linesPath({ cited: { size: 48_217n, sums } })).toBe('/sao-ke?nhat-ky=48217-12-3400000-0')
  expect(read({ 'nhat-ky': '48217-12-3400000-0' }).query.cited).toEqual({ size: 48_217n, sums })
  expect(read({ 'nhat-ky': '100' }).query.cited).toEqual({ size: 100n, sums: null })
  for (const cited of ['48218', '99999999999-1-2-3', 'abc', '100-1-2'])
    expect(read({ 'nhat-ky': cited }), cited).toMatchObject({ filter: null, errors: { 'nhat-ky': 'not_cited' } })
  expect(read({ sau: 'xyz' })).toMatchObject({ filter: null, errors: { sau: 'not_a_mark' } })
})

test('campaigns and communes of the name that was typed are told of', () => {
  const named = (tim: string, more = {}) => {
    const { query, filter } = read({ tim, ...more })
    return placesNamed(query, filter, options).map(({ value }) => value)
  }
  expect([named('ba v'), named('vi ba'), named('ba x'), named('ba'), named('ba vi', { noi: 'xa-ba-vi' })]).toEqual([
    ...[['xa-ba-vi'], ['xa-ba-vi'], [], [], []],
  ])
})

test('everything that is asked for is in one address, which says it back', () => {
  const parameters = {
    tim: 'lan',
    tu: '1/11/2026',
    den: '2026-11-23',
    'it-nhat': '10k',
    tk: 'tk-ha-noi-01',
    noi: 'xa-ba-vi',
    loai: 'cho-xep',
    chieu: 'vao',
  }
  const { query, filter, errors, isTidy } = read({ ...parameters, xep: 'lon-nhat', sau: '2026-11-20-185000-1234', 'nhat-ky': '48217' })
  expect(errors).toEqual({})
  expect(filter).toEqual({
    ...{ words: ['lan'], code: null, entry: null, leastVnd: 10_000n, mostVnd: null, from: '2026-11-01', to: '2026-11-23' },
    ...{ fundId: null, account: { receivingAccountId: 7 }, lineId: null, unitId: 3, direction: 'in', class: 'unplaced' },
  })
  expect(isTidy).toBe(false)
  const path = linesPath(query)
  expect(path).toBe(
    '/sao-ke?tim=lan&tu=2026-11-01&den=2026-11-23&it-nhat=10000&tk=tk-ha-noi-01&noi=xa-ba-vi&loai=cho-xep&chieu=vao&xep=lon-nhat&sau=2026-11-20-185000-1234&nhat-ky=48217',
  )
  expect(read(Object.fromEntries(new URL(path, 'http://x').searchParams)).isTidy).toBe(true)
})

test('each class has a word of its own in addresses, which a page cache takes', () => {
  for (const { is, word } of LINE_CLASSES)
    expect([read({ loai: word }).filter?.class, word]).toEqual([is, expect.stringMatching(/^[a-z-]{2,60}$/)])
})

test.each([
  [{ tu: '31/02/2026' }, { tu: 'not_a_day' }],
  [
    { tu: '0000-01-01', den: '1/1/1899' },
    { tu: 'not_a_day', den: 'not_a_day' },
  ],
  [
    { 'it-nhat': '999.999.999.999.999.999.999', 'nhieu-nhat': '1,000,000,000,000,000' },
    { 'it-nhat': 'not_an_amount', 'nhieu-nhat': 'not_an_amount' },
  ],
  [{ tu: '2026-11-02', den: '2026-11-01' }, { den: 'days_turned' }],
  [{ 'it-nhat': 'nhiều' }, { 'it-nhat': 'not_an_amount' }],
  [{ 'it-nhat': '20000', 'nhieu-nhat': '10000' }, { 'nhieu-nhat': 'amounts_turned' }],
  [
    { tk: 'tk-khong-co', loai: 'fee', xep: 'gi' },
    { tk: 'unknown', loai: 'unknown', xep: 'unknown' },
  ],
])('%j is told of by its field, and nothing is looked for', (parameters, errors) => {
  expect(read(parameters as Record<string, string>)).toMatchObject({ filter: null, errors })
})
