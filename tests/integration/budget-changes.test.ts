import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCampaign } from '../../lib/campaigns/queries'
import { decideBudgetChange, listBudgetUse, requestBudgetChange } from '../../lib/spending/budget'
import { rejectSpend, requestSpend } from '../../lib/spending/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let keys = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  campaign = await makeCampaign(context, { budget: [{ itemVi: 'Áo khoác', unitVi: 'áo', unitPriceVnd: 200_000n, quantity: 100 }] })
})
afterAll(() => database.close())

const ask = (units: number, budgetPosition: number | null = 0) =>
  requestSpend(context, {
    ...{ campaignSlug: campaign.slug, titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', dueOn: '2027-01-01', by: 'an' },
    items: [
      {
        ...{ itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units, amountVnd: BigInt(units) * 200_000n, budgetPosition },
      },
    ],
    key: `spend-${keys++}`,
  })
const change = (quantity: number, more: { reasonVi?: string; by?: string } = {}) =>
  requestBudgetChange(context, {
    ...{ campaignSlug: campaign.slug, position: 0, quantity, reasonVi: 'Thêm em mới', reasonEn: 'More children came', by: 'an' },
    ...{ ...more, key: `change-${keys++}` },
  })

test('no more is asked for than the budget has, unless two people changed it, and then everybody sees why', async () => {
  const first = value(await ask(60))
  expect(await ask(41)).toEqual({ ok: false, refusal: 'beyond_budget' })
  expect(await ask(1, 7)).toEqual({ ok: false, refusal: 'unknown_line' })
  value(await rejectSpend(context, { ...first, by: 'binh', reasonVi: 'Giá cao', reasonEn: 'Too dear' }))
  value(await ask(100))
  expect(await ask(1)).toEqual({ ok: false, refusal: 'beyond_budget' })

  expect(await change(120, { reasonVi: ' ' })).toEqual({ ok: false, refusal: 'no_reason' })
  expect(await change(99)).toEqual({ ok: false, refusal: 'too_few' })
  const { changeId } = value(await change(120))
  expect(await change(130)).toEqual({ ok: false, refusal: 'one_waits' })
  expect(await ask(1)).toEqual({ ok: false, refusal: 'beyond_budget' })
  expect(await decideBudgetChange(context, { changeId, verdict: 'approved', by: 'an' })).toEqual({ ok: false, refusal: 'same_person' })
  value(await decideBudgetChange(context, { changeId, verdict: 'approved', by: 'binh' }))
  expect(await decideBudgetChange(context, { changeId, verdict: 'rejected', by: 'chi' })).toEqual({
    ok: false,
    refusal: 'decided_already',
  })
  value(await ask(20))
  expect(await ask(1)).toEqual({ ok: false, refusal: 'beyond_budget' })

  expect(await listBudgetUse(context.db, campaign.campaignId)).toMatchObject([{ plannedQuantity: 100, quantity: 120, askedUnits: 120 }])
  expect(await sequencePending(context.db, context.now())).toMatchObject({ parked: 0 })
  expect((await getCampaign(context, campaign.slug, 'vi'))?.budgetChanges).toMatchObject([
    { item: 'Áo khoác', unit: 'áo', fromQuantity: 100, toQuantity: 120, reason: 'Thêm em mới' },
  ])
})

test('of two who ask for the rest at once one is told that it is gone', async () => {
  const { changeId } = value(await change(130))
  value(await decideBudgetChange(context, { changeId, verdict: 'approved', by: 'binh' }))
  const both = await Promise.all([ask(10), ask(10)])
  expect(both.map((one) => one.ok).sort()).toEqual([false, true])
})

test('the tables refuse what the commands would', async () => {
  const { spendId } = value(await ask(3, null))
  const item = (units: number) =>
    `insert into spend_items (spend_id, position, item_vi, item_en, unit_vi, unit_en, units, amount_vnd, budget_position)
     values (${spendId}, 9, 'a', 'a', 'a', 'a', ${units}, 1000, 0)`
  expect(await refusalOf(context.db, item(1))).toMatch(/buys more of line 0/)
  expect(await refusalOf(context.db, 'update budget_changes set quantity = 500')).toMatch(/stays what it is/)
  const { changeId } = value(await change(140))
  const decide = `update budget_changes set state = 'rejected', decided_by = 'an', decided_at = now() where id = ${changeId}`
  expect(await refusalOf(context.db, decide)).toMatch(/two_people/)
})
