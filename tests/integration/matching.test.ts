import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placeTransfers } from '../../lib/bank/match'
import { CODE_ALPHABET, createPaymentCode } from '../../lib/pledges/codes'
import { makePledge } from '../factories/giving'
import { BANK_MANGLINGS, HAND_ERRORS, MEMO_SHAPES, TYPED_AROUND } from '../factories/memos'
import { makeCampaign, makeFunds } from '../factories/site'
import { seededRandom, testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

const PLEDGES = process.env['SOAK'] ? 3_000 : 500

let database: TestDatabase
let context: TestContext
let fundId: number
const codes: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  const { slug } = await makeCampaign(context)
  for (let index = 0; index < PLEDGES; index++) codes.push((await makePledge(context, slug)).code)
  const [campaign] = await context.db.query.campaigns.findMany()
  if (!campaign) throw new Error('no campaign')
  fundId = campaign.fundId
})
afterAll(() => database.close())

const place = async (memo: string) => {
  const transfers = [{ fundId, unplacedLineId: 0, hasCards: false, memo, transactedAt: context.now() }]
  const [placement] = await context.db.transaction((tx) => placeTransfers(tx, transfers))
  if (!placement) throw new Error('no placement')
  return placement
}
const aCode = fc.integer({ min: 0, max: PLEDGES - 1 }).map((index) => codes[index] ?? '')
const shapes = MEMO_SHAPES.filter((shape) => shape.no_code !== true)

/** Whether all nine characters of a code came through, with nothing but other signs between them. */
const survives = (memo: string, code: string) =>
  memo
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .includes(code)

describe('every published memo, in every mangling', () => {
  const cases = shapes.flatMap((shape) =>
    Object.entries(BANK_MANGLINGS).flatMap(([mangling, mangle]) =>
      Object.entries(TYPED_AROUND).map(([around, type]) => ({
        name: `${shape.from} to ${shape.to}, ${mangling}, ${around}`,
        memo: (code: string) => mangle(shape.memo.replace('{CODE}', type(code))),
      })),
    ),
  )

  test('matches its own pledge when the code survived, and otherwise waits', async () => {
    let survived = 0
    for (const [index, { name, memo }] of cases.entries()) {
      const code = codes[index % PLEDGES] ?? ''
      const text = memo(code)
      const placement = await place(text)
      if (survives(text, code)) {
        survived += 1
        expect(placement, name).toMatchObject({ state: 'placed', code })
      } else {
        expect(placement, name).toMatchObject({ state: 'unplaced', pledgeId: null })
      }
    }
    expect(survived).toBeGreaterThan(cases.length * 0.9)
  })

  test('that carries no code waits', async () => {
    for (const shape of MEMO_SHAPES.filter((one) => one.no_code === true)) {
      for (const mangle of Object.values(BANK_MANGLINGS))
        expect(await place(mangle(shape.memo)), shape.memo).toMatchObject({ state: 'unplaced' })
    }
  })
})

describe('a code typed wrong by hand', () => {
  test.each(Object.entries(HAND_ERRORS))('with %s never matches anybody', async (_name, err) => {
    await fc.assert(
      fc.asyncProperty(
        aCode,
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(...CODE_ALPHABET),
        fc.constantFrom(...shapes),
        async (code, at, symbol, shape) => {
          const memo = shape.memo.replace('{CODE}', err(code, at, symbol))
          const bare = memo.replace(/[^A-Za-z0-9]/g, '').toUpperCase()
          // What comes after it may happen to be the symbol that is missing.
          fc.pre(!bare.includes(code))
          const placement = await place(memo)
          expect(placement.code === null || bare.includes(placement.code)).toBe(true)
          expect(placement).toMatchObject({ state: 'unplaced', pledgeId: null })
        },
      ),
      { numRuns: 400, seed: 20_261_123 },
    )
  })
})

test('codes that nobody has match nobody', async () => {
  const random = seededRandom('strangers')
  const own = new Set(codes)
  for (let index = 0; index < 500; index++) {
    const stranger = createPaymentCode(random)
    if (!own.has(stranger)) expect(await place(`CT DEN ${stranger} ung ho`)).toMatchObject({ state: 'unplaced', reason: 'unknown_code' })
  }
})

test('of memos made of codes, pieces of codes and noise, only a whole code that stands there alone is matched', async () => {
  const noise = fc.string({ unit: fc.constantFrom(...'TDtd 23456789ABCKXZ.-'), maxLength: 12 })
  const piece = fc
    .tuple(aCode, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([code, from, to]) => code.slice(Math.min(from, to), Math.max(from, to)))
  const memo = fc
    .array(fc.oneof({ weight: 3, arbitrary: noise }, { weight: 2, arbitrary: piece }, { weight: 1, arbitrary: aCode }), { maxLength: 5 })
    .map((parts) => parts.join(''))
  let matched = 0
  await fc.assert(
    fc.asyncProperty(memo, async (text) => {
      const bare = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
      const standing = codes.filter((code) => bare.includes(code))
      const placement = await place(text)
      if (standing.length === 1) matched += 1
      expect(placement).toMatchObject(
        standing.length === 1 ? { state: 'placed', code: standing[0] } : { state: 'unplaced', pledgeId: null },
      )
    }),
    { numRuns: 400, seed: 1 },
  )
  expect(matched).toBeGreaterThan(40)
})
