import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '../../db/postgres'
import { bankNotices, bankTransactions, donations, entries, events, pledges, postings } from '../../db/schema'
import { receiveBankNotice, receiveBankNotices } from '../../lib/bank/commands'
import type { BankNotice } from '../../lib/bank/model'
import { arrive, type NoticeOutcome } from '../../lib/bank/told'
import type { Context } from '../../lib/context'
import { bankNotice, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds } from '../factories/site'
import { closeAgreed } from '../factories/agreed'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { watched } from '../setup/watched'

let database: TestDatabase
let context: TestContext
let slug: string

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  slug = (await makeCampaign(context, { goalVnd: 10n ** 10n })).slug
})
afterAll(() => closeAgreed(database, context))

const tell = (notices: readonly BankNotice[], by: Context = context): Promise<NoticeOutcome[]> =>
  receiveBankNotices(
    by,
    notices.map((notice) => arrive(notice, by.now())),
  )
const counts = () =>
  Promise.all([bankNotices, bankTransactions, entries, postings, donations, events].map((table) => context.db.$count(table)))
let sums = 30_000n
/** A sum that nobody gave yet. */
const newSum = () => (sums += 1n)

/** A gift with a code and a sum of its own. */
const gift = async (more: Partial<BankNotice> = {}) =>
  bankNotice({ memo: (await makePledge(context, slug)).code, amountVnd: newSum(), ...more })

/** Notices of one sum; a provider's id is its own. */
const notices = (amountVnd: bigint, ...told: Partial<BankNotice>[]): BankNotice[] =>
  told.map((one) => bankNotice({ amountVnd, ...one, providerEventId: `${amountVnd}/${one.providerEventId ?? '1'}` }))

describe('notices of one sum', () => {
  const first = { provider: 'sepay' as const, reference: 'FT1', runningBalanceVnd: null }
  const balance = { reference: null, runningBalanceVnd: 5_000_000n }
  const cases: [what: string, told: Partial<BankNotice>[], outcomes: NoticeOutcome[], states: string[]][] = [
    ['told again are one', [first, first, first], ['booked', 'replayed', 'replayed'], ['unplaced']],
    [
      'that contradict themselves are kept for a person, once',
      [first, { ...first, memo: 'khac' }, { ...first, memo: 'khac' }],
      ['booked', 'contradiction', 'replayed'],
      ['unplaced'],
    ],
    [
      'of several providers with one reference are one line',
      [first, { ...first, provider: 'casso', memo: 'cut' }],
      ['booked', 'merged'],
      ['unplaced'],
    ],
    [
      'that may be one line are of one gift, and the others wait',
      [first, { provider: 'casso', reference: 'A' }, { provider: 'payos', reference: 'B' }],
      ['booked', 'booked', 'booked'],
      ['unplaced', 'possible_duplicate', 'possible_duplicate'],
    ],
    [
      'of one provider never both merge with one line',
      [
        { provider: 'sepay', ...balance },
        { provider: 'casso', ...balance, reference: 'A' },
        { provider: 'casso', ...balance, reference: 'B', providerEventId: '2' },
      ],
      ['booked', 'merged', 'booked'],
      ['unplaced', 'possible_duplicate'],
    ],
    [
      'and of one provider with references of their own are as many gifts',
      [first, { ...first, reference: 'FT2', providerEventId: '2' }],
      ['booked', 'booked'],
      ['unplaced', 'unplaced'],
    ],
  ]
  const statesOf = async (sum: bigint) =>
    (
      await context.db
        .select({ state: bankTransactions.state })
        .from(bankTransactions)
        .where(eq(bankTransactions.amountVnd, sum))
        .orderBy(bankTransactions.id)
    ).map(({ state }) => state)

  test.each(cases)('%s', async (_what, told, outcomes, states) => {
    const together = newSum()
    expect(await tell(notices(together, ...told))).toEqual(outcomes)
    expect(await statesOf(together)).toEqual(states)
    const after = newSum()
    const [earlier, ...rest] = notices(after, ...told)
    expect(earlier && (await receiveBankNotice(context, earlier))).toBe(outcomes[0])
    expect(await tell(rest)).toEqual(outcomes.slice(1))
    expect(await statesOf(after)).toEqual(states)
  })
})

test('two transfers of one pledge in one batch are two gifts', async () => {
  const { code } = await makePledge(context, slug)
  expect(await tell([bankNotice({ memo: code }), bankNotice({ memo: code })])).toEqual(['booked', 'booked'])
  const gifts = context.db.select({ id: donations.id }).from(donations).innerJoin(pledges, eq(pledges.id, donations.pledgeId))
  expect(await gifts.where(eq(pledges.code, code))).toHaveLength(2)
})

describe('what fails', () => {
  const circular: { self?: unknown } = {}
  circular.self = circular

  test.each<[string, Partial<BankNotice>]>([
    ['a memo that the database refuses', { memo: 'a\0b' }],
    ['a body that the database refuses', { body: { text: '\0' } }],
    ['a body that cannot be written', { body: circular }],
  ])('for %s fails for that notice alone', async (_what, poison) => {
    const all = [await gift(), bankNotice(poison), await gift(), await gift()]
    const settled = await Promise.allSettled(all.map((notice) => receiveBankNotice(context, notice)))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await tell(all.filter((_, index) => index !== 1))).toEqual(['replayed', 'replayed', 'replayed'])
    const [before, after] = [await gift(), await gift()]
    await expect(tell([before, bankNotice(poison), after])).rejects.toThrow()
    expect(await tell([before, after])).toEqual(['replayed', 'replayed'])
  })

  test('because another waits for it is tried again', async () => {
    let transactions = 0
    let conflicts = 2
    const conflicting = watched(context, {
      onTransaction: () => (transactions += 1),
      onStatement: () => {
        if (conflicts-- > 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
      },
    })
    expect(await tell([await gift(), await gift()], conflicting)).toEqual(['booked', 'booked'])
    expect(transactions).toBe(3)
  })

  test('because there is no database fails at once for all', async () => {
    const gone = await testDatabase()
    await gone.close()
    let transactions = 0
    const by = watched({ ...context, db: gone.handle.db }, { onTransaction: () => (transactions += 1) })
    await expect(tell([bankNotice(), bankNotice(), bankNotice()], by)).rejects.toThrow()
    expect(transactions).toBe(1)
  })
})

test('a process that dies at any statement leaves nothing of the batch, and it is booked when told again', async () => {
  const sum = newSum()
  const known = bankNotice()
  await receiveBankNotice(context, known)
  const batch = [
    await gift({ amountVnd: sum }),
    await gift({ amountVnd: sum, provider: 'casso', reference: 'X' }),
    bankNotice({ direction: 'out' }),
    bankNotice({ accountNumber: '999' }),
    { ...known, memo: 'khac' },
  ]
  const before = await counts()
  let died = 0
  for (let last = 0; ; last++) {
    let left = last
    let isDead = false
    const dying = watched(context, {
      onTransaction: () => {
        if (isDead) throw new Error('the process was killed')
      },
      onStatement: () => {
        isDead ||= left-- <= 0
        if (isDead) throw new Error('the process was killed')
      },
    })
    const outcomes = await tell(batch, dying).catch(() => null)
    if (outcomes) {
      expect(outcomes).toEqual(['booked', 'booked', 'booked', 'booked', 'contradiction'])
      break
    }
    died += 1
    expect(await counts()).toEqual(before)
    expect(await context.db.$count(pledges, sql`${eq(pledges.code, batch[0]?.memo ?? '')} and ${eq(pledges.state, 'open')}`)).toBe(1)
  }
  expect(died).toBeGreaterThan(10)
  expect(await counts()).not.toEqual(before)
})

describe('on PostgreSQL', () => {
  test('what was answered is seen by others', async ({ skip }) => {
    const other = database.owner ?? skip('the embedded engine has one connection')
    const told = await Promise.all(Array.from({ length: 40 }, () => gift()))
    await Promise.all(
      told.map(async (notice) => {
        expect(await receiveBankNotice(context, notice)).toBe('booked')
        expect(await other.db.$count(bankNotices, eq(bankNotices.providerEventId, notice.providerEventId))).toBe(1)
      }),
    )
  })

  test('processes that tell the same in opposite orders wait for each other in one way', async ({ skip }) => {
    const other = openPostgres(database.url ?? skip('the embedded engine belongs to one process'))
    for (let round = 0; round < 15; round++) {
      const told = await Promise.all(Array.from({ length: 12 }, () => gift()))
      const again = told.map((notice) => ({ ...notice, provider: 'casso' as const })).reverse()
      let transactions = 0
      const each = [context, { ...context, db: other.db }].map((one) => watched(one, { onTransaction: () => (transactions += 1) }))
      const outcomes = await Promise.all([tell(told, each[0]), tell(again, each[1])])
      expect(outcomes.flat().filter((outcome) => outcome === 'booked')).toHaveLength(12)
      expect(outcomes.flat().filter((outcome) => outcome === 'merged')).toHaveLength(12)
      expect(transactions).toBe(2)
    }
    await other.close()
  })

  test('a pledge that somebody holds keeps its own gift waiting, and no other', async ({ skip }) => {
    const other = database.owner ?? skip('the embedded engine has one connection')
    const [held, free] = [await gift(), await gift()]
    await other.db.transaction(async (tx) => {
      await tx.select().from(pledges).where(eq(pledges.code, held.memo)).for('update')
      const settled = await Promise.allSettled([held, free].map((notice) => receiveBankNotice(context, notice)))
      expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    })
    expect(await tell([held, free])).toEqual(['booked', 'replayed'])
  })
})
