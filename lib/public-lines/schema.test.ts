import { describe, expect, test } from 'vitest'
import { linesPath, readLineQuery, type LineOptions } from './schema'

const options: LineOptions = {
  accounts: [{ value: 'tk-ha-noi-01', name: 'Hà Nội 01', group: 'account', filter: { fundId: null, account: { receivingAccountId: 7 } } }],
  places: [{ value: 'xa-ba-vi', name: 'Ba Vì', group: 'commune', filter: { lineId: null, unitId: 3 } }],
}
const read = (parameters: Record<string, string>) => readLineQuery(parameters, options)

describe('one field for a code, a sum or words', () => {
  test.each([
    ['tdkp5wbqs', { code: 'TDKP5WBQS', words: [] }],
    ['500.000', { leastVnd: 500_000n, mostVnd: 500_000n, words: [] }],
    ['2 triệu', { leastVnd: 2_000_000n, mostVnd: 2_000_000n, words: [] }],
    ['Nguyễn  Thị', { words: ['nguyen', 'thi'] }],
    ['lớp 12', { words: ['lop', '12'] }],
    ['12', { words: ['12'] }],
  ])('%s', (tim, wanted) => expect(read({ tim }).filter).toMatchObject(wanted))

  test('a code with a wrong symbol, and signs alone, are told of', () => {
    expect(read({ tim: 'TD2222223' })).toMatchObject({ filter: null, errors: { tim: 'not_a_code' } })
    expect(read({ tim: '!?' })).toMatchObject({ filter: null, errors: { tim: 'no_words' } })
  })
})

test('everything that is asked for is in one address, which says it back', () => {
  const parameters = { tim: 'lan', tu: '1/11/2026', den: '2026-11-23', 'it-nhat': '10k', tk: 'tk-ha-noi-01', noi: 'xa-ba-vi', chieu: 'vao' }
  const { query, filter, errors, isTidy } = read({ ...parameters, xep: 'lon-nhat', sau: '2026-11-20-185000-1234', 'nhat-ky': '48217' })
  expect(errors).toEqual({})
  expect(filter).toEqual({
    ...{ words: ['lan'], code: null, leastVnd: 10_000n, mostVnd: null, from: '2026-11-01', to: '2026-11-23' },
    ...{ fundId: null, account: { receivingAccountId: 7 }, lineId: null, unitId: 3, direction: 'in' },
  })
  expect(isTidy).toBe(false)
  const path = linesPath(query)
  expect(path).toBe(
    '/sao-ke?tim=lan&tu=2026-11-01&den=2026-11-23&it-nhat=10000&tk=tk-ha-noi-01&noi=xa-ba-vi&chieu=vao&xep=lon-nhat&sau=2026-11-20-185000-1234&nhat-ky=48217',
  )
  expect(read(Object.fromEntries(new URL(path, 'http://x').searchParams)).isTidy).toBe(true)
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
    { tk: 'tk-khong-co', xep: 'gi' },
    { tk: 'unknown', xep: 'unknown' },
  ],
])('%j is told of by its field, and nothing is looked for', (parameters, errors) => {
  expect(read(parameters as Record<string, string>)).toMatchObject({ filter: null, errors })
})
