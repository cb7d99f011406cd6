import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { advanceMoves, events, publicLines, spendAdvances, spends } from '../../db/schema'
import { undoDecision } from '../../lib/bank/undo'
import { addCopy, addStoredPaper, releasePaper } from '../../lib/evidence/papers'
import { keepFile } from '../../lib/files/keep'
import { followAllLines } from '../../lib/public-lines/follow'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { listHolders } from '../../lib/spend-desk/queries'
import { dropAdvance, planAdvance, settleAdvance } from '../../lib/spending/advances'
import { approveSpend, cancelSpend, requestSpend, settleSpend } from '../../lib/spending/commands'
import { paySpend } from '../../lib/spending/pay'
import { getSpend } from '../../lib/spending/view'
import { balanceOf } from '../factories/books'
import { bankLine, say } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { fundIdOf, makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { testFolder, withFiles } from '../setup/files'

const folder = testFolder()
let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
let keys = 0

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: '2026-11-24T03:00:00Z' })
  await makeFunds(context)
  campaign = await makeCampaign(context, { budget: [{ itemVi: 'Áo', unitVi: 'áo', unitPriceVnd: 100_000n, quantity: 110 }] })
  const { code } = await makePledge(context, campaign.slug, { amountVnd: 11_000_000n })
  await bankLine(context, { memo: code, amountVnd: 11_000_000n })
  await makeStaff(context, { id: 'can-bo', role: 'accountant', fund: 'ha-noi' })
  await makeStaff(context, { id: 'nguoi-khac', role: 'accountant', fund: 'ninh-thuan' })
  // A role that begins in the new year.
  await makeStaff({ ...context, now: () => new Date('2027-01-01T00:00:00Z') }, { id: 'sap-lam', role: 'editor', fund: 'ha-noi' })
})
afterAll(async () => {
  await followAllLines(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
  await database.close()
  folder.remove()
})

const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', budgetPosition: 0 }
async function ask(units: number, amountVnd: bigint, more: { replacesId?: bigint; key?: string } = {}) {
  const texts = { titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', dueOn: '2026-12-31', by: 'an', key: `ask-${(keys += 1)}` }
  return requestSpend(context, { ...texts, ...more, campaignSlug: campaign.slug, items: [{ ...item, units, amountVnd }] })
}
const approve = (spendId: bigint) => approveSpend(context, { spendId, by: 'binh' })
async function approved(units: number, amountVnd: bigint): Promise<bigint> {
  const { spendId } = value(await ask(units, amountVnd))
  value(await approve(spendId))
  return spendId
}
const plan = (spendId: bigint, amountVnd: bigint, more: object = {}) =>
  planAdvance(context, { spendId, amountVnd, heldBy: 'can-bo', dueOn: '2099-12-31', by: 'ke-toan', key: `plan-${(keys += 1)}`, ...more })
const line = (direction: 'in' | 'out', amountVnd: bigint) => bankLine(context, { direction, amountVnd, transactedAt: context.now() })
const give = async (advanceId: bigint, amountVnd: bigint) => say(context, await line('out', amountVnd), { kind: 'advance', advanceId })
const comeBack = async (advanceId: bigint, amountVnd: bigint) =>
  say(context, await line('in', amountVnd), { kind: 'advance_returned', advanceId })
const settle = (advanceId: bigint, amountVnd: bigint, more: object = {}) =>
  settleAdvance(context, { advanceId, amountVnd, on: '2026-11-24', by: 'ke-toan', key: `settle-${(keys += 1)}`, ...more })
const refused = (refusal: string) => ({ ok: false, refusal })
const held = () => balanceOf(context, 'ha-noi', 'donation', 'advance')
async function invoice(spendId: bigint): Promise<{ paperId: bigint }> {
  const withStore = withFiles(context, folder)
  const original = await keepFile(withStore, 'kept', Buffer.from(`%PDF-1.7 ${(keys += 1)}`), 'application/pdf')
  const wish = { spendId, deliverySlug: null, kind: 'invoice', datedOn: '2026-11-24', by: 'ke-toan', key: `paper-${keys}` } as const
  return value(await addStoredPaper(withStore, { ...wish, paper: { original, copy: null } }))
}

describe('an advance', () => {
  test('is handed out by the bank, settled against invoices, and its rest comes back', async () => {
    const spendId = await approved(20, 2_000_000n)
    expect(await plan(spendId, 2_000_001n)).toEqual(refused('too_much'))
    expect(await plan(spendId, 1n, { heldBy: 'ke-toan' })).toEqual(refused('same_person'))
    expect(await plan(spendId, 1n, { heldBy: 'nguoi-khac' })).toEqual(refused('unknown_person'))
    expect(await plan(spendId, 1n, { heldBy: 'sap-lam' })).toEqual(refused('unknown_person'))
    expect((await listHolders(context, await fundIdOf(context, 'ha-noi'), 'ke-toan')).map(({ id }) => id)).toEqual(['can-bo'])
    expect(await plan(spendId, 1n, { dueOn: '2026-11-23' })).toEqual(refused('past'))
    // A form that is sent again is one spend; with another content it says that it was used.
    const form = { key: 'one-form' }
    const asked = await ask(1, 20_000n, form)
    expect(await ask(1, 20_000n, form)).toEqual(asked)
    expect(await ask(2, 20_000n, form)).toEqual(refused('form_used'))
    const wish = { key: 'one-advance', dueOn: '2026-12-10' }
    const { advanceId } = value(await plan(spendId, 1_500_000n, wish))
    expect(value(await plan(spendId, 1_500_000n, wish)).advanceId).toBe(advanceId)
    expect(await plan(spendId, 1_000_000n, wish)).toEqual(refused('form_used'))
    // What waits to be handed out is nobody else's.
    expect(await plan(spendId, 500_001n)).toEqual(refused('too_much'))
    expect(await settle(advanceId, 1n)).toEqual(refused('no_invoice'))

    const before = await held()
    expect(await give(advanceId, 1_499_999n)).toMatchObject(refused('no_match'))
    value(await give(advanceId, 1_500_000n))
    expect((await held()) - before).toBe(1_500_000n)
    expect(await give(advanceId, 1_500_000n)).toMatchObject(refused('no_match'))
    expect(await dropAdvance(context, { advanceId, by: 'ke-toan' })).toEqual(refused('given'))
    // No đồng is spent yet, and the page says who has to say what it became, and by when.
    context.advance(20 * 86_400_000)
    expect(await getSpend(context, String(spendId), 'vi')).toMatchObject({
      ...{ paidVnd: 0n, gifts: 0 },
      advances: [{ givenOn: '2026-11-24', outVnd: 1_500_000n, dueOn: '2026-12-10', isOverdue: true }],
    })

    await invoice(spendId)
    expect(await settle(advanceId, 1_000_000n, { by: 'can-bo' })).toEqual(refused('same_person'))
    expect(await settle(advanceId, 1_500_001n)).toEqual(refused('too_much'))
    const part = { key: 'first-part' }
    value(await settle(advanceId, 1_000_000n, part))
    value(await settle(advanceId, 1_000_000n, part))
    expect(await settle(advanceId, 200_000n, part)).toEqual(refused('form_used'))
    expect((await held()) - before).toBe(500_000n)
    expect(await getSpend(context, String(spendId), 'vi')).toMatchObject({
      paidVnd: 1_000_000n,
      gifts: 1,
      advances: [{ outVnd: 500_000n }],
    })
    // What is out is not paid a second time: 500.000 are left besides.
    const pay = { spendId, paidOn: '2026-11-24', key: 'on-top' }
    expect(await paySpend(context, { ...pay, amountVnd: 500_001n })).toEqual(refused('too_much'))
    expect(await settleSpend(context, { spendId })).toEqual(refused('advance_out'))

    expect(await comeBack(advanceId, 500_001n)).toMatchObject(refused('no_match'))
    const back = value(await comeBack(advanceId, 500_000n))
    expect(await held()).toBe(before)
    value(await paySpend(context, { ...pay, amountVnd: 1_000_000n }))
    // Where the spend took the room meanwhile, what came back can't be out again.
    expect(await undoDecision(context, { decisionId: back.decisionId, reason: 'nhầm', by: 'ke-toan' })).toMatchObject(refused('stays'))
    expect((await context.db.select().from(spends).where(eq(spends.id, spendId)))[0]?.state).toBe('paid')
    const told = (await context.db.select().from(events)).filter(({ facts }) => facts['advance'] === String(advanceId))
    expect(told.map(({ kind }) => kind)).toEqual(['advance_given', 'spend_paid', 'advance_returned'])
    expect(JSON.stringify(told.map(({ facts }) => facts))).not.toContain('can-bo')
  })

  test('is handed out again where its line was taken back, and not once something was settled', async () => {
    const spendId = await approved(10, 1_000_000n)
    const { advanceId } = value(await plan(spendId, 600_000n))
    const before = await held()
    const first = value(await give(advanceId, 600_000n))
    value(await undoDecision(context, { decisionId: first.decisionId, reason: 'nhầm dòng', by: 'ke-toan' }))
    expect(await held()).toBe(before)
    const second = value(await give(advanceId, 600_000n))
    await invoice(spendId)
    value(await settle(advanceId, 200_000n))
    expect(await undoDecision(context, { decisionId: second.decisionId, reason: 'nhầm', by: 'ke-toan' })).toMatchObject(refused('stays'))
    expect(await cancelSpend(context, { spendId, reasonVi: 'x', reasonEn: 'x' })).toEqual(refused('advance_out'))
    const back = value(await comeBack(advanceId, 400_000n))
    value(await undoDecision(context, { decisionId: back.decisionId, reason: 'nhầm', by: 'ke-toan' }))
    expect((await held()) - before).toBe(400_000n)
    value(await settle(advanceId, 400_000n))
    expect(await settle(advanceId, 1n)).toEqual(refused('too_much'))
  })

  test('goes on with the spend that is asked for anew, as invoiced, once the rest is back', async () => {
    const spendId = await approved(70, 7_000_000n)
    const { advanceId } = value(await plan(spendId, 7_000_000n))
    value(await give(advanceId, 7_000_000n))
    // Seventy coats again would be beyond the budget, and beyond the money: in their place they are not.
    expect(await ask(70, 6_600_000n)).toEqual(refused('beyond_budget'))
    const anew = value(await ask(70, 6_600_000n, { replacesId: spendId })).spendId
    expect(await ask(70, 6_600_000n, { replacesId: anew })).toEqual(refused('not_replaceable'))
    expect(await approve(anew)).toEqual(refused('advance_larger'))
    value(await comeBack(advanceId, 400_000n))
    const statedFor = async () => {
      await sequencePending(context.db, context.now())
      await followAllLines(context.db, context.now())
      const rows = await context.db
        .select({ of: publicLines.spendId })
        .from(publicLines)
        .where(inArray(publicLines.spendId, [spendId, anew]))
      return rows.map(({ of }) => of)
    }
    expect(await statedFor()).toEqual([spendId, spendId])
    value(await approve(anew))
    // The statement follows: its lines are of the spend that stands.
    expect(await statedFor()).toEqual([anew, anew])
    const stateOf = async (id: bigint) => (await context.db.select({ state: spends.state }).from(spends).where(eq(spends.id, id)))[0]?.state
    expect([await stateOf(spendId), await stateOf(anew)]).toEqual(['cancelled', 'approved'])
    await invoice(anew)
    value(await settle(advanceId, 6_600_000n))
    expect(await getSpend(context, String(anew), 'vi')).toMatchObject({ state: 'paid', paidVnd: 6_600_000n, advances: [] })
  })

  test('of which two say at once what it became is settled once', async () => {
    const spendId = await approved(1, 100_000n)
    const { advanceId } = value(await plan(spendId, 100_000n))
    value(await give(advanceId, 100_000n))
    await invoice(spendId)
    const both = await Promise.all([settle(advanceId, 100_000n), settle(advanceId, 100_000n)])
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    expect(await context.db.select().from(advanceMoves).where(eq(advanceMoves.advanceId, advanceId))).toHaveLength(2)
  })
})

test.each([
  ['a move that is changed', `update advance_moves set amount_vnd = 1`, /append-only|permission denied/],
  ['an advance with another sum', `update spend_advances set amount_vnd = amount_vnd + 1`, /stays what it is/],
  ['an advance of another spend', `update spend_advances set spend_id = (select max(id) from spends)`, /stays what it is/],
  ['one who hands money to himself', `update spend_advances set recorded_by = held_by`, /stays what it is/],
])('the tables refuse %s', async (_, statement, words) => {
  expect(await refusalOf(context.db, statement)).toMatch(words)
})

test.runIf(inject('engine') === 'postgres')('of two people at once one wins, and the other is told', async () => {
  const spendId = await approved(2, 30_000n)
  const planned = await Promise.all([plan(spendId, 20_000n), plan(spendId, 20_000n)])
  expect(planned.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['ok', 'too_much'])
  const advanceId = planned.flatMap((one) => (one.ok ? [one.value.advanceId] : []))[0] ?? 0n
  // Two accountants hand it out, each by another line of the bank.
  const lines = [await line('out', 20_000n), await line('out', 20_000n)]
  const given = await Promise.all(lines.map((lineId) => say(context, lineId, { kind: 'advance', advanceId })))
  expect(given.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['no_match', 'ok'])
  const { paperId } = await invoice(spendId)
  const withStore = withFiles(context, folder)
  const copies = ['mot', 'hai'].map((text) => keepFile(withStore, 'shown', Buffer.from(text), 'image/jpeg'))
  const added = await Promise.all(
    (await Promise.all(copies)).map((copy, index) => addCopy(context, { paperId, copy, by: `nguoi-${index}` })),
  )
  expect(added.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['has_copy', 'ok'])
  const released = await Promise.all(['giam-doc', 'pho-giam-doc'].map((by) => releasePaper(context, { paperId, by, as: 'director' })))
  expect(released.map((one) => (one.ok ? 'ok' : one.refusal)).toSorted()).toEqual(['decided_already', 'ok'])
  const back = [await line('in', 20_000n), await line('in', 20_000n)]
  const ends = await Promise.all([
    settle(advanceId, 20_000n),
    ...back.map((lineId) => say(context, lineId, { kind: 'advance_returned', advanceId })),
  ])
  expect(ends.filter((one) => one.ok)).toHaveLength(1)
})

test('a planned advance is dropped while nothing was handed out', async () => {
  const { advanceId } = value(await plan(await approved(1, 1_000n), 100n))
  value(await dropAdvance(context, { advanceId, by: 'ke-toan' }))
  expect(await give(advanceId, 100n)).toMatchObject(refused('no_match'))
  expect((await context.db.select().from(spendAdvances).where(eq(spendAdvances.id, advanceId)))[0]?.droppedBy).toBe('ke-toan')
})
