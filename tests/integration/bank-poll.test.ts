import { asc } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bankNotices, bankTransactions } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { pollFeed, type BankFeed } from '../../lib/bank/poll'
import { listCassoLines } from '../../lib/payments/casso/list'
import { parseCassoBody, parseCassoLine } from '../../lib/payments/casso/parse'
import { listSepayLines, parseSepayListed } from '../../lib/payments/sepay/list'
import { parseSepayBody } from '../../lib/payments/sepay/parse'
import { bankPoll } from '../../lib/site/polling'
import { runSequencer } from '../../lib/site/sequencing'
import { startBankApi, type FakeBankApi, type ListedLine } from '../fakes/bank-api'
import { ACCOUNTS, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serverContextOf } from '../setup/server'

let database: TestDatabase
let context: TestContext
let api: FakeBankApi
const never = new AbortController().signal

beforeAll(async () => {
  database = await testDatabase()
  // The accounts are published on this day.
  context = testContext(database.handle, { now: '2026-11-20T03:00:00Z' })
  await makeFunds(context)
  context.setNow('2026-11-23T03:00:00Z')
})
afterAll(() => database.close())
beforeEach(async () => {
  api = await startBankApi()
})
afterEach(() => api.close())

const feeds: Record<'casso' | 'sepay', () => BankFeed> = {
  casso: () => ({
    provider: 'casso',
    pauseMs: 0,
    listPage: (from, _to, page, signal) => listCassoLines(api.casso, from, page, signal),
    parse: parseCassoLine,
  }),
  sepay: () => ({
    provider: 'sepay',
    pauseMs: 0,
    listPage: (from, to, page, signal) => listSepayLines(api.sepay, from, to, page, signal),
    parse: parseSepayListed,
  }),
}

let lastId = 0
const line = (more: Partial<ListedLine> = {}): ListedLine => {
  lastId += 1
  const when = '2026-11-23 09:58:00'
  return { id: lastId, accountNumber: ACCOUNTS['ha-noi'], amount: 50_000 + lastId, memo: 'ung ho', reference: `FT${lastId}`, when, ...more }
}
const countLines = () => context.db.$count(bankTransactions)

describe.each(['casso', 'sepay'] as const)('what %s lists', (provider) => {
  const poll = (position: { from: string; page: number } | null = null) => pollFeed(context, feeds[provider](), position, never)

  test('and never told of is booked once', async () => {
    const before = await countLines()
    api.lines.push(line(), line({ amount: -7_000 }), line({ when: '2026-11-20 10:00:00' }))
    expect(await poll()).toEqual({ missed: 3, notUnderstood: 0, next: { from: '2026-11-21', page: 1 } })
    expect(await poll()).toMatchObject({ missed: 0 })
    expect(await countLines()).toBe(before + 3)
  })

  test('of other accounts, or of days before ours were published, is left alone', async () => {
    api.lines.push(line({ accountNumber: '999' }), line({ when: '2026-11-19 23:59:00' }))
    expect(await poll()).toMatchObject({ missed: 0, notUnderstood: 0 })
  })

  test('is read as the webhook tells it', async () => {
    const told = line({ memo: 'ủng hộ các em' })
    const { id, accountNumber, amount, memo, reference, when } = told
    const [notice] =
      provider === 'casso'
        ? parseCassoBody({
            error: 0,
            data: [{ id, tid: reference, description: memo, amount, cusum_balance: 0, when, bank_sub_acc_id: accountNumber }],
          })
        : [
            parseSepayBody({
              ...{ id, transactionDate: when, accountNumber, content: memo, description: `BankAPINotify ${memo}` },
              ...{ transferType: 'in', transferAmount: amount, accumulated: 0, referenceCode: reference },
            }),
          ]
    if (!notice) throw new Error('a notice was not understood')
    api.lines.push(told)
    expect(await poll()).toMatchObject({ missed: 1 })
    expect(await receiveBankNotice(context, notice)).toBe('replayed')
  })

  test('goes on where it was cut off', async () => {
    for (let n = 0; n < 250; n += 1) api.lines.push(line({ when: `2026-11-2${n < 120 ? 2 : 3} 08:00:00` }))
    const before = await countLines()
    const from = { from: '2026-11-22', page: 1 }
    api.failAfter(1)
    await expect(poll(from)).rejects.toThrow(/answered 502$/)
    const stored = (await countLines()) - before
    expect(stored).toBe(provider === 'casso' ? 100 : 120)
    expect(await poll(from)).toMatchObject({ missed: 250 - stored, next: { from: '2026-11-21', page: 1 } })
  })

  test('is nobody’s business where the key is wrong', async () => {
    const wrong = { ...api[provider], key: 'test_another_key' }
    const list =
      provider === 'casso' ? listCassoLines(wrong, '2026-11-22', 1, never) : listSepayLines(wrong, '2026-11-22', '2026-11-23', 1, never)
    await expect(list).rejects.toThrow(provider === 'casso' ? /answered 401$/ : /answered no JSON$/)
  })
})

test('a poll is bounded, and says where to go on', async () => {
  const asked: number[] = []
  const feed: BankFeed = {
    provider: 'casso',
    pauseMs: 0,
    listPage: async (_from, _to, page) => {
      asked.push(page)
      return { lines: [{ no: 'line' }], nextPage: page + 1 }
    },
    parse: () => null,
  }
  const first = await pollFeed(context, feed, null, never)
  expect(first).toEqual({ missed: 0, notUnderstood: 20, next: { from: '2026-11-09', page: 21 } })
  await pollFeed(context, feed, first.next, never)
  expect(asked).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
})

test('the installation asks those it has a key for, and one that fails keeps no other from being asked', async () => {
  api.lines.push(line())
  const broken = { url: `${api.sepay.url}/gone`, key: api.sepay.key }
  const before = await countLines()
  const poll = bankPoll(serverContextOf(context, database, { bankApis: { sepay: broken, casso: api.casso } }))
  await Promise.all([poll.run(), poll.run()])
  expect(await countLines()).toBe(before + 1)
  expect(api.asked.filter((path) => path.startsWith('/casso'))).toHaveLength(1)
  expect(api.asked.filter((path) => path.startsWith('/sepay'))).toHaveLength(1)
  await poll.stop()
  await bankPoll(serverContextOf(context, database)).run()
})

test('who leads the sequencer asks at once', async () => {
  api.lines.push(line())
  const before = await countLines()
  const stop = runSequencer(serverContextOf(context, database, { bankApis: { sepay: null, casso: api.casso } }))
  try {
    await vi.waitFor(async () => expect(await countLines()).toBe(before + 1), 10_000)
  } finally {
    await stop()
  }
})

test('a transfer that both list is one line', async () => {
  const before = await countLines()
  api.lines.push(line({ amount: 4_321_000 }))
  await pollFeed(context, feeds.casso(), null, never)
  await pollFeed(context, feeds.sepay(), null, never)
  expect(await countLines()).toBe(before + 1)
  const told = await context.db.select().from(bankNotices).orderBy(asc(bankNotices.id))
  expect(told.slice(-2).map(({ provider, outcome }) => [provider, outcome])).toEqual([
    ['casso', 'booked'],
    ['sepay', 'merged'],
  ])
})
