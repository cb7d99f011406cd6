import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as undo } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/hoan-tac/route'
import { POST as write } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/ghi/route'
import { POST as applyRule } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/quy-tac/ghi/route'
import { POST as makeRule } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/quy-tac/them/route'
import { POST as retireRule } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngan-hang/quy-tac/bo/route'
import { POST as askRefund } from '../../app/[locale]/(staff)/quan-tri/[fund]/hoan-tien/xin/route'
import { POST as decideRefund } from '../../app/[locale]/(staff)/quan-tri/[fund]/hoan-tien/quyet/route'
import { POST as close } from '../../app/[locale]/(staff)/quan-tri/[fund]/ngay/chot/route'
import { bankDecisions, bankRules, bankTransactions, dayCloses, receivingAccounts, spendRefunds, staffAudit } from '../../db/schema'
import { readFailed } from '../../lib/bank/failed-lines'
import { findGiftsToReturn, listRefunds } from '../../lib/cards/refund-list'
import { listWaiting } from '../../lib/console/waiting'
import { serverContext } from '../../lib/context'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { findStaff } from '../../lib/staff/sessions'
import { SESSION_COOKIE, tokenOf } from '../../lib/staff/sign-in/token'
import { bankLine, say, seen } from '../factories/desk'
import { makePledge } from '../factories/giving'
import { fundIdOf, makeStaff, type MadeStaff } from '../factories/staff'
import { makeCampaign, makeFunds, value, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
const people: Record<string, MadeStaff> = {}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: new Date() })
  await makeFunds(context)
  campaign = await makeCampaign(context, { neededBy: '2099-01-31' })
  for (const [id, role, fund] of [
    ['ke-toan', 'accountant', 'ha-noi'],
    ['giam-doc', 'director', 'ha-noi'],
    ['kiem-soat', 'auditor', 'ha-noi'],
    ['nguoi-khac', 'accountant', 'ninh-thuan'],
  ] as const)
    people[id] = await makeStaff(context, { id, role, fund })
  serve(context, database, {})
})
afterAll(() => database.close())

type Handler = (
  request: Request,
  props: { params: Promise<{ locale: string; fund: string } & Record<string, string>> },
) => Promise<Response>

/** Posts a form as somebody. @returns where the answer leads */
async function send(handler: Handler, who: string | null, fields: Record<string, string>, fund = 'ha-noi'): Promise<URL> {
  const made = who === null ? undefined : people[who]
  const cookie = made ? `${SESSION_COOKIE}=${await tokenOf(serverContext().staff.secret, made.session.sessionId)}` : ''
  const request = new Request('https://example.org/', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie, 'x-tung-dong-address': '192.0.2.7' },
  })
  const answer = await handler(request, { params: Promise.resolve({ locale: 'vi', fund }) })
  expect(answer.status).toBe(303)
  await sequencePending(context.db, context.now())
  return new URL(answer.headers.get('location') ?? '', 'https://example.org')
}
const stateOf = async (id: bigint) => (await context.db.select().from(bankTransactions).where(eq(bankTransactions.id, id)))[0]?.state
const gift = (amountVnd: bigint, memo = 'ung ho') => bankLine(context, { amountVnd, memo, transactedAt: context.now() })
const taken = async (line: bigint, choice: string) => ({ key: `k${line}`, chon: `${line} ${await seen(context, line)} ${choice}` })

describe('the queue', () => {
  test('takes a suggestion and takes it back, each in the trail', async () => {
    const { code } = await makePledge(context, campaign.slug, { amountVnd: 310_000n })
    const line = await gift(310_000n)
    const answer = await send(write, 'ke-toan', await taken(line, `place:${code}`))
    expect(answer.pathname + answer.search).toBe('/quan-tri/ha-noi/ngan-hang?xong=1')
    expect(await stateOf(line)).toBe('placed')
    const [decision] = await context.db.select().from(bankDecisions).orderBy(desc(bankDecisions.id)).limit(1)
    expect(decision).toMatchObject({ kind: 'place', decidedBy: 'ke-toan' })
    expect((await send(undo, 'ke-toan', { viec: String(decision?.id) })).search).toBe('?xong=undone')
    expect(await stateOf(line)).toBe('unplaced')
    const trail = await context.db
      .select()
      .from(staffAudit)
      .where(eq(staffAudit.aboutId, String(line)))
    expect(trail.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['bank.place', 'done'],
      ['bank.decide', 'done'],
    ])
    expect(await listDiscrepancies(context.db)).toEqual([])
  })

  test('splits a line, and says which part of the form is wrong without forgetting what was typed', async () => {
    const { code } = await makePledge(context, campaign.slug)
    const line = await gift(500_000n)
    const pane = {
      key: 'p',
      dong: String(line),
      thay: await seen(context, line),
      la: 'place',
      'ma-1': code.toLowerCase(),
      'vi-sao': 'gọi hỏi',
    }
    expect((await send(write, 'ke-toan', { ...pane, 'phan-1': 'năm trăm' })).search).toBe('?loi=o')
    expect((await send(write, 'ke-toan', { ...pane, 'phan-1': '400.000' })).search).toBe(`?xong=0&hong=${line}.not_the_sum`)
    expect((await send(write, 'ke-toan', { ...pane, 'phan-1': '400.000', 'phan-2': '100.000' })).search).toBe('?xong=1')
    expect((await send(write, 'ke-toan', { ...pane, 'phan-1': '400.000', 'phan-2': '100.000' })).search).toBe('?xong=1')
    expect((await send(write, 'ke-toan', { ...pane, 'phan-1': '300.000', 'phan-2': '200.000' })).search).toBe(
      `?xong=0&hong=${line}.decided_already`,
    )
    expect(await stateOf(line)).toBe('placed')
  })

  test('says the same of many at once, and tells line by line what failed and who was first', async () => {
    const lines = [await gift(21_000n), await gift(22_000n), await gift(23_000n)]
    const picked = Object.fromEntries(await Promise.all(lines.map(async (line) => [`chon-${line}`, await seen(context, line)] as const)))
    const [, other] = lines
    await say(context, other ?? 0n, { kind: 'keep_unplaced' }, 'nguoi-truoc')
    const answer = await send(write, 'ke-toan', { key: 'b', la: 'general', chon: '', 'vi-sao': 'quỹ chung', ...picked })
    expect(answer.search).toBe(`?xong=2&hong=${other}.decided_already`)
    const accounts = new Set((await context.db.select().from(receivingAccounts)).map(({ id }) => id))
    expect(await readFailed(context, answer.searchParams.get('hong') ?? '', accounts)).toMatchObject([
      { id: String(other), amountVnd: 22_000n, first: { by: 'nguoi-truoc', kind: 'keep_unplaced' } },
    ])
    expect(await readFailed(context, answer.searchParams.get('hong') ?? '', new Set())).toEqual([])
    // Sent again, it is the same.
    expect((await send(write, 'ke-toan', { key: 'b', la: 'general', chon: '', ...picked })).search).toBe(answer.search)
  })

  test('takes what a supplier gave back, by the numbers of the spend and of its item', async () => {
    const { code } = await makePledge(context, campaign.slug)
    await gift(700_000n, code)
    const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 7, amountVnd: 700_000n }
    const { spendId } = value(
      await requestSpend(context, {
        ...{ campaignSlug: campaign.slug, titleVi: 'Áo', titleEn: 'Coats', supplier: 'Cửa hàng', items: [item] },
        ...{ dueOn: '2099-12-31', by: 'an', key: 'ask-back' },
      }),
    )
    value(await approveSpend(context, { spendId, by: 'binh' }))
    value(await say(context, await bankLine(context, { direction: 'out', amountVnd: 700_000n }), { kind: 'spend', spendId }))
    const back = await gift(200_000n, 'TRA LAI TIEN')
    const pane = {
      key: 'ncc',
      dong: String(back),
      thay: await seen(context, back),
      la: 'supplier_refund',
      'so-supplier_refund': String(spendId),
    }
    expect((await send(write, 'ke-toan', { ...pane, mon: '' })).search).toBe('?loi=o')
    expect((await send(write, 'ke-toan', { ...pane, mon: '2' })).search).toBe(`?xong=0&hong=${back}.no_match`)
    expect((await send(write, 'kiem-soat', { ...pane, mon: '1' })).search).toContain('not_allowed')
    expect((await send(write, 'ke-toan', { ...pane, mon: '1' })).search).toBe('?xong=1')
    expect(await stateOf(back)).toBe('settled')
    expect(await context.db.select().from(spendRefunds)).toMatchObject([{ spendId, fromVnd: 500_000n, toVnd: 700_000n }])
  })

  test.each([
    ['kiem-soat', 'ha-noi', 'not_allowed'],
    ['nguoi-khac', 'ninh-thuan', 'not_allowed'],
  ])('is not decided by %s of %s', async (who, fund, refusal) => {
    const line = await gift(41_000n)
    const answer = await send(write, who, await taken(line, 'general'), fund)
    expect(answer.search).toContain(refusal)
    expect(await stateOf(line)).toBe('unplaced')
  })

  test('lets nobody of another fund take back what this one decided', async () => {
    const line = await gift(42_000n)
    const decided = await say(context, line, { kind: 'general' })
    const viec = decided.ok ? String(decided.value.decisionId) : ''
    expect((await send(undo, 'nguoi-khac', { viec }, 'ninh-thuan')).search).toBe('?loi=not_allowed')
    expect((await send(undo, 'nguoi-khac', { viec })).pathname).toBe('/quan-tri')
    expect(await stateOf(line)).toBe('placed')
  })

  test('keeps what was typed where the session is over', async () => {
    const line = await gift(43_000n)
    expect((await send(write, null, await taken(line, 'general'))).pathname).toBe('/quan-tri/dang-nhap')
    expect(await stateOf(line)).toBe('unplaced')
  })
})

test('a rule is made, shown, let run and retired', async () => {
  const lines = [
    await bankLine(context, { direction: 'out', amountVnd: 11_000n, memo: 'PHI QUAN LY' }),
    await bankLine(context, { direction: 'out', amountVnd: 12_000n, memo: 'phi quan ly' }),
  ]
  const form = { key: 'r', chu: 'phí quản lý', la: 'fee', chieu: 'out', tu: '1.000', den: 'x' }
  expect((await send(makeRule, 'ke-toan', form)).search).toBe('?loi=o')
  expect((await send(makeRule, 'kiem-soat', { ...form, den: '20.000' })).search).toBe('?loi=o')
  expect((await send(makeRule, 'ke-toan', { ...form, den: '20.000' })).search).toBe('?xong=made')
  const [rule] = await context.db.select().from(bankRules)
  const run = { key: 'r2', 'quy-tac': String(rule?.id) }
  expect((await send(applyRule, 'nguoi-khac', run, 'ninh-thuan')).search).toBe('?loi=not_found')
  expect((await send(applyRule, 'ke-toan', run)).search).toBe('?xong=2')
  expect(await Promise.all(lines.map(stateOf))).toEqual(['settled', 'settled'])
  expect((await send(retireRule, 'ke-toan', run)).search).toBe('?xong=retired')
})

test('a refund is asked for by one person and decided by another', async () => {
  const { code } = await makePledge(context, campaign.slug)
  await gift(90_000n, code)
  const [found] = await findGiftsToReturn(context, await fundIdOf(context, 'ha-noi'), code)
  const form = { key: 'h', ma: code, khoan: found?.donationId ?? '', 'ly-do': 'duplicate' }
  expect((await send(askRefund, 'ke-toan', { ...form, tien: '90.001' })).search).toBe('?loi=o')
  expect((await send(askRefund, 'kiem-soat', { ...form, tien: '' })).search).toBe('?loi=o')
  expect((await send(askRefund, 'nguoi-khac', { ...form, tien: '' }, 'ninh-thuan')).search).toBe('?loi=no_gift')
  expect((await send(askRefund, 'ke-toan', { ...form, tien: '' })).search).toBe('?xong=asked')
  const [asked] = await listRefunds(context, await fundIdOf(context, 'ha-noi'))
  expect(asked).toMatchObject({ code, amountVnd: 90_000n, state: 'requested', requestedBy: 'ke-toan', via: 'bank' })
  const viec = (verb: string) => ({ viec: `${verb} ${asked?.id}` })
  expect((await send(decideRefund, 'ke-toan', viec('approve'))).search).toBe('?loi=not_allowed')
  expect((await send(decideRefund, 'giam-doc', viec('approve'))).search).toBe('?xong=decided')
  expect((await send(decideRefund, 'giam-doc', viec('withdraw'))).search).toBe('?loi=same_person')
  expect((await listRefunds(context, await fundIdOf(context, 'ha-noi')))[0]).toMatchObject({ state: 'approved', decidedBy: 'giam-doc' })
})

test('days close one by one, or all that add up; what waits stands on the start page', async () => {
  const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.alias, 'ha-noi 01'))
  const waiting = async () => {
    const staff = await findStaff(context, { ...(people['ke-toan']?.session ?? { sessionId: '', network: '' }) }, 'vi')
    const fund = staff?.funds.find(({ slug }) => slug === 'ha-noi')
    if (!staff || !fund) throw new Error('nobody is signed in')
    return (await listWaiting(context, staff, fund)).map(({ key, path }) => [key, path])
  }
  for (const line of await context.db.select().from(bankTransactions).where(eq(bankTransactions.state, 'unplaced')))
    await say(context, line.id, { kind: 'general' })
  expect(await waiting()).toEqual([])
  await context.db.update(bankTransactions).set({ postedOn: '2026-11-20' })
  await gift(51_000n)
  expect(await waiting()).toEqual([
    ['lines', '/ngan-hang'],
    ['days', '/ngay'],
  ])
  const form = { tk: String(account?.id), ngay: '2026-11-20', chot: 'mot', dau: '1.000.000' }
  expect((await send(close, 'ke-toan', { ...form, cuoi: '?' }, 'ha-noi')).search).toBe('?loi=o')
  expect((await send(close, 'ke-toan', { ...form, cuoi: '1' })).search).toBe('?loi=o')
  const lines = await context.db.select().from(bankTransactions).where(eq(bankTransactions.postedOn, '2026-11-20'))
  const sum = lines.reduce((vnd, { direction, amountVnd }) => vnd + (direction === 'in' ? amountVnd : -amountVnd), 1_000_000n)
  expect((await send(close, 'kiem-soat', { ...form, cuoi: String(sum) })).search).toBe('?loi=o')
  expect((await send(close, 'ke-toan', { ...form, cuoi: String(sum) })).search).toBe('?xong=1')
  expect(await context.db.$count(dayCloses)).toBe(1)
  // No statement says more.
  expect((await send(close, 'ke-toan', { ...form, chot: 'lien' })).search).toBe('?xong=0')
})
