import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { POST as decideChange } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/du-toan/quyet/route'
import { POST as askChange } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/du-toan/de-nghi/route'
import { POST as ask } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/moi/gui/route'
import { POST as decide } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/quyet/route'
import { budgetChanges, spends, staffAudit } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { listWaiting } from '../../lib/console/waiting'
import { serverContext } from '../../lib/context'
import { createFormKey } from '../../lib/pledges/secret'
import { sequencePending } from '../../lib/sequencer/sequence'
import { listSpends } from '../../lib/spend-desk/queries'
import { findStaff } from '../../lib/staff/sessions'
import { SESSION_COOKIE, tokenOf } from '../../lib/staff/sign-in/token'
import { bankNotice, makePledge } from '../factories/giving'
import { makeStaff, type MadeStaff } from '../factories/staff'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
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
  campaign = await makeCampaign(context, { budget: [{ itemVi: 'Áo khoác', unitVi: 'áo', unitPriceVnd: 200_000n, quantity: 100 }] })
  const { code } = await makePledge(context, campaign.slug, { amountVnd: 20_000_000n })
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 20_000_000n }))
  await sequencePending(context.db, context.now())
  for (const [id, role, fund] of [
    ['ke-toan', 'accountant', 'ha-noi'],
    ['giam-doc', 'director', 'ha-noi'],
    ['kiem-soat', 'auditor', 'ha-noi'],
    ['nguoi-khac', 'director', 'ninh-thuan'],
  ] as const)
    people[id] = await makeStaff(context, { id, role, fund })
  // Who asks is a director as well: two people are needed all the same.
  await makeStaff(context, { id: 'ke-toan', role: 'director', fund: 'ha-noi' })
  serve(context, database, {})
})
afterAll(() => database.close())
beforeEach(() => {
  context.advance(60_000)
})

type Handler = (
  request: Request,
  props: { params: Promise<{ locale: string; fund: string } & Record<string, string>> },
) => Promise<Response>

/** Posts a form as somebody. @returns where the answer leads */
async function send(
  handler: Handler,
  who: string | null,
  fields: Record<string, string>,
  parts: Record<string, string> = {},
  fund = 'ha-noi',
) {
  const made = who === null ? undefined : people[who]
  const cookie = made ? `${SESSION_COOKIE}=${await tokenOf(serverContext().staff.secret, made.session.sessionId)}` : ''
  const request = new Request('https://example.org/', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie, 'x-tung-dong-address': '192.0.2.7' },
  })
  const answer = await handler(request, { params: Promise.resolve({ locale: 'vi', fund, ...parts }) })
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

const wish = (more: Record<string, string> = {}) => ({
  formKey: createFormKey(context.random),
  campaign: campaign.slug,
  ...{ 'units-0': '10', 'amount-0': '', titleVi: 'Áo ấm', titleEn: 'Warm coats', supplier: 'Cửa hàng Mẫu', dueOn: '2099-01-01' },
  ...more,
})
const numberIn = (location: string) => /\/chi\/(\d+)\?/.exec(location)?.[1] ?? expect.unreachable(`no spend: ${location}`)
const stateOf = async (number: string) =>
  (
    await context.db
      .select({ state: spends.state })
      .from(spends)
      .where(eq(spends.id, BigInt(number)))
  )[0]?.state

test('an accountant asks, another person approves, and the trail says who', async () => {
  const form = wish()
  const location = await send(ask, 'ke-toan', form)
  const number = numberIn(location)
  // Sent twice, it is one.
  expect(await send(ask, 'ke-toan', form)).toBe(location)
  const waitingFor = async (id: string) => {
    const staff = await findStaff(serverContext(), people[id]?.session ?? expect.unreachable(id), 'vi')
    const fund = staff?.funds.find(({ slug }) => slug === 'ha-noi')
    return staff && fund ? (await listWaiting(context, staff, fund)).filter(({ key }) => key === 'spends') : []
  }
  expect(await waitingFor('giam-doc')).toMatchObject([{ count: 1, path: '/chi' }])
  expect(await waitingFor('ke-toan')).toEqual([])
  expect(await send(decide, 'ke-toan', { decision: 'approve' }, { number })).toMatch(/loi=same_person$/)
  expect(await stateOf(number)).toBe('requested')
  expect(await send(decide, 'giam-doc', { decision: 'approve' }, { number })).toBe(`/quan-tri/ha-noi/chi/${number}?xong=approved`)
  expect(await stateOf(number)).toBe('approved')
  expect(await send(decide, 'giam-doc', { decision: 'approve' }, { number })).toMatch(/loi=decided_already$/)
  const trail = await context.db
    .select({ by: staffAudit.staffId, outcome: staffAudit.outcome })
    .from(staffAudit)
    .where(and(eq(staffAudit.action, 'spends.approve'), eq(staffAudit.aboutId, number)))
  expect(trail).toEqual([{ by: 'giam-doc', outcome: 'done' }])
})

test('a form comes back with what was typed and what is wrong, field by field', async () => {
  expect(await send(ask, 'ke-toan', wish({ 'units-0': '101', titleEn: ' ', dueOn: '2026-02-30' }))).toBe('/quan-tri/ha-noi/chi/moi?loi=o')
  expect(await send(ask, 'ke-toan', wish({ 'units-0': '' }))).toBe('/quan-tri/ha-noi/chi/moi?loi=o')
  expect(await send(ask, 'ke-toan', wish({ campaign: 'khong-co' }))).toMatch(/loi=unknown_campaign$/)
  expect(await send(decide, 'giam-doc', { decision: 'reject', reasonVi: 'Giá cao', reasonEn: '' }, { number: '1' })).toMatch(/loi=o$/)
})

test('nobody acts without the role, without the fund, or signed out', async () => {
  const number = numberIn(await send(ask, 'ke-toan', wish({ 'units-0': '5' })))
  expect(await send(ask, 'kiem-soat', wish())).toMatch(/loi=not_allowed$/)
  expect(await send(decide, 'kiem-soat', { decision: 'approve' }, { number })).toMatch(/loi=not_allowed$/)
  // A director of another fund: in their own console the spend is nobody's, and ours is none of theirs.
  expect(await send(decide, 'nguoi-khac', { decision: 'approve' }, { number }, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
  expect(await send(decide, 'nguoi-khac', { decision: 'approve' }, { number })).toBe('/quan-tri')
  expect(await send(decide, null, { decision: 'approve' }, { number })).toMatch(/^\/quan-tri\/dang-nhap\?/)
  expect(await stateOf(number)).toBe('requested')
})

test('a budget is changed by two people through the console', async () => {
  const form = { formKey: createFormKey(context.random), campaign: campaign.slug, position: '0', quantity: '120' }
  expect(await send(askChange, 'ke-toan', { ...form, reasonVi: 'Thêm em', reasonEn: '' })).toMatch(/loi=o$/)
  expect(await send(askChange, 'ke-toan', { ...form, reasonVi: 'Thêm em', reasonEn: 'More children' })).toMatch(/xong=change_asked$/)
  const [change] = await context.db.select().from(budgetChanges)
  const id = String(change?.id)
  expect(await send(decideChange, 'ke-toan', { approved: id })).toMatch(/loi=same_person$/)
  expect(await send(decideChange, 'nguoi-khac', { approved: id }, {}, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
  expect(await send(decideChange, 'giam-doc', { approved: id })).toMatch(/xong=change_approved$/)
})

test('lists show what waits, what runs and all, of one’s own fund', async () => {
  const of = async (part: 'waiting' | 'running' | 'all', fundId: number) =>
    (await listSpends(context, fundId, { part, beforeId: null }, 'vi')).rows.map(({ state }) => state)
  const [spend] = await context.db.select({ fundId: spends.fundId }).from(spends)
  const own = spend?.fundId ?? 0
  expect(await of('waiting', own)).toEqual(['requested'])
  expect(await of('running', own)).toEqual(['approved'])
  expect(await of('all', own)).toEqual(['requested', 'approved'])
  expect(await of('all', own + 1)).toEqual([])
})
