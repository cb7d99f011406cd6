import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { bankDecisions, bankTransactions, dayCloses, receivingAccounts, spendAdvances } from '../../db/schema'
import { closeDay, tellPlaced } from '../../lib/bank/close'
import { listAccountDays } from '../../lib/bank/days'
import { getQueue } from '../../lib/bank/queue'
import { readChoice, type Decision } from '../../lib/bank/schema'
import { undoDecision } from '../../lib/bank/undo'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { planAdvance } from '../../lib/spending/advances'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { wrongOf } from '../factories/public-log'
import { ACCOUNTS, makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

/** A soak makes as many histories as there is time for. */
const RUNS = process.env['SOAK'] ? 500 : inject('engine') === 'embedded' ? 3 : 4
const SOAK_MS = 5 * 60_000
const SECOND_ACCOUNT = '000055556666'

let database: TestDatabase
let context: TestContext
let campaigns: MadeCampaign[]
let fundId: number
const codes: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaigns = [await makeCampaign(context), await makeCampaign(context, { slug: 'bua-trua', commune: 1 })]
  const account = { fundSlug: 'ha-noi', bankBin: '999901', bankName: 'Ngân hàng Mẫu', accountName: 'QUY MAU', proposedBy: 'an' }
  const { accountId } = value(await proposeReceivingAccount(context, { ...account, accountNumber: SECOND_ACCOUNT, alias: 'ha-noi 02' }))
  value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
  const [own] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, SECOND_ACCOUNT))
  fundId = own?.fundId ?? 0
  await makeStaff(context, { id: 'can-bo', role: 'accountant', fund: 'ha-noi' })
  for (let index = 0; index < 6; index++)
    codes.push((await makePledge(context, campaigns[index % 2]?.slug ?? '', { amountVnd: 100_000n })).code)
})
afterAll(() => database.close())

/** What may be said of what came in, and of what went out; more often than not it is the wrong moment. */
const PLAIN = {
  in: ['general', 'keep_unplaced', 'interest', 'budget_repayment', 'advance_returned', 'same', 'not_same'],
  out: ['fee', 'advance', 'same', 'not_same'],
} as const

/** What people and banks do, in any order; much of it can't be, and is refused. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('come' as const),
      direction: fc.constantFrom('in' as const, 'out' as const),
      sum: fc.nat(2),
      code: fc.nat(11),
      second: fc.boolean(),
      twice: fc.nat(5),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('decide' as const), at: fc.nat(999), kind: fc.nat(27) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('place' as const),
      at: fc.nat(999),
      code: fc.nat(5),
      share: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('take' as const), at: fc.nat(99), suggestion: fc.nat(3) }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('undo' as const), at: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('spend' as const), at: fc.nat(1), sum: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('statement' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('close' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const reached = new Map<string, number>()
const note = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1)
let key = 0

async function run(one: Step): Promise<void> {
  const { db } = context
  const nth = async (at: number) => {
    const lines = await db
      .select({ id: bankTransactions.id, amountVnd: bankTransactions.amountVnd, direction: bankTransactions.direction })
      .from(bankTransactions)
      .orderBy(asc(bankTransactions.id))
    // The newest are the likeliest to be talked about.
    return lines.at(-1 - (at % Math.min(lines.length, 25)))
  }
  const decide = async (lineId: bigint, decision: Decision) => {
    const decided = await say(context, lineId, decision)
    note(decided.ok ? decision.kind : decided.refusal)
  }
  switch (one.does) {
    case 'come': {
      const told = { direction: one.direction, amountVnd: BigInt(100_000 + one.sum), memo: codes[one.code] ?? 'ung ho' }
      const notice = { ...told, accountNumber: one.second ? SECOND_ACCOUNT : ACCOUNTS['ha-noi'] }
      await bankLine(context, notice)
      if (one.twice === 0) await bankLine(context, { ...notice, reference: null, provider: 'casso' })
      return
    }
    case 'decide': {
      const line = await nth(one.at)
      if (!line) return
      const kinds = PLAIN[line.direction]
      const kind = kinds[one.kind % kinds.length] ?? 'same'
      if (kind !== 'advance' && kind !== 'advance_returned') return decide(line.id, { kind })
      const [advance] = await db.select().from(spendAdvances).where(eq(spendAdvances.amountVnd, line.amountVnd)).limit(1)
      return advance && decide(line.id, { kind, advanceId: advance.id })
    }
    case 'place': {
      const line = await nth(one.at)
      if (!line) return
      const first = (line.amountVnd * BigInt(one.share)) / 100n
      const parts = [
        { code: codes[one.code] ?? null, amountVnd: first },
        ...(first < line.amountVnd ? [{ code: null, amountVnd: line.amountVnd - first }] : []),
      ]
      return decide(line.id, { kind: 'place', parts })
    }
    case 'take': {
      const { lines } = await getQueue(context, fundId, { group: null, after: null }, 'vi')
      const line = lines[one.at % Math.max(lines.length, 1)]
      const choice = line?.suggestions[one.suggestion]?.choice
      const decision = line && choice !== undefined ? readChoice(choice, line.amountVnd) : null
      return line && decision ? decide(BigInt(line.id), decision) : undefined
    }
    case 'undo': {
      const standing = await db
        .select({ id: bankDecisions.id })
        .from(bankDecisions)
        .where(isNull(bankDecisions.undoneAt))
        .orderBy(asc(bankDecisions.id))
      const decision = standing.at(-1 - (one.at % Math.max(standing.length, 1)))
      if (!decision) return
      const undone = await undoDecision(context, { decisionId: decision.id, reason: 'nhầm', by: 'ke-toan' })
      note(undone.ok ? 'undone' : undone.refusal)
      return void (await sequencePending(db, context.now()))
    }
    case 'spend': {
      const amountVnd = BigInt(100_000 + one.sum)
      const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 1, amountVnd }
      const texts = { titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', dueOn: '2099-12-31', by: 'an', key: `spend-${(key += 1)}` }
      // Of what just came there is enough for it.
      await bankLine(context, { memo: codes[one.at] ?? '', amountVnd })
      const asked = await requestSpend(context, { ...texts, campaignSlug: campaigns[one.at]?.slug ?? '', items: [item] })
      const approved = asked.ok && (await approveSpend(context, { spendId: asked.value.spendId, by: 'binh' })).ok
      if (!approved || one.sum === 0) return
      // Most are handed to somebody, who buys with it or brings it back.
      const wish = { spendId: asked.value.spendId, amountVnd, heldBy: 'can-bo', dueOn: '2099-12-31', by: 'ke-toan', key: `advance-${key}` }
      const { advanceId } = value(await planAdvance(context, wish))
      await decide(await bankLine(context, { direction: 'out', amountVnd }), { kind: 'advance', advanceId })
      if (one.sum === 1) await decide(await bankLine(context, { amountVnd }), { kind: 'advance_returned', advanceId })
      return
    }
    case 'statement':
      // Everything told so far stands on the statement of the day.
      await db
        .update(bankTransactions)
        .set({ postedOn: `2026-12-${String(1 + (key++ % 28)).padStart(2, '0')}` })
        .where(and(isNull(bankTransactions.postedOn), sql`state <> 'unknown_account'`))
      return
    case 'close':
      for (const { id, next } of await listAccountDays(context, fundId)) {
        if (!next) continue
        await tellPlaced(context, id, next.day)
        const openingVnd = next.openingVnd ?? 10_000_000n
        const closingVnd = openingVnd + next.sumInVnd - next.sumOutVnd
        const closed = await closeDay(context, { accountId: id, day: next.day, openingVnd, closingVnd, by: 'ke-toan' })
        note(closed.ok ? 'closed' : closed.refusal)
      }
      await sequencePending(db, context.now())
  }
}

/** What a run must have seen to say something. */
const MUST = [
  'place',
  'general',
  'interest',
  'fee',
  'own_transfer',
  'not_ours',
  'spend',
  'advance',
  'advance_returned',
  'same',
  'not_same',
  'undone',
  'not_free',
  'wrong_state',
  'unclassified',
]

test('whatever is decided, taken back, told and closed, the books agree with one another', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 80 }), async (steps) => {
      for (const one of steps) await run(one)
      expect(await listDiscrepancies(context.db)).toEqual([])
    }),
    { numRuns: RUNS, endOnFailure: true, ...(process.env['SOAK'] ? { interruptAfterTimeLimit: SOAK_MS } : { seed: 20_261_128 }) },
  )
  if (process.env['SOAK']) console.info(`${inject('engine')}:`, Object.fromEntries([...reached].sort()))
  expect(MUST.filter((what) => !reached.has(what))).toEqual([])
  expect(await wrongOf(context, database)).toEqual([])
  // Some days close only where luck left nothing unknown.
  expect(await context.db.$count(dayCloses)).toBe(reached.get('closed') ?? 0)
})
