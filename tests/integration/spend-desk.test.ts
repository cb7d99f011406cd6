import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { POST as decideChange } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/du-toan/quyet/route'
import { POST as askChange } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/du-toan/de-nghi/route'
import { POST as ask } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/moi/gui/route'
import { POST as decidePaper } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/doi/route'
import { POST as addPaper } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/giay/route'
import { GET as original } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/goc/[paper]/route'
import { POST as advance } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/tam-ung/route'
import { GET as copyOf } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/tep/[name]/route'
import { POST as decide } from '../../app/[locale]/(staff)/quan-tri/[fund]/chi/[number]/quyet/route'
import { budgetChanges, campaigns, papers, spendAdvances, spends, staffAudit } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { listWaiting } from '../../lib/console/waiting'
import { serverContext } from '../../lib/context'
import { createFormKey } from '../../lib/pledges/secret'
import { sequencePending } from '../../lib/sequencer/sequence'
import { getSpendDesk, listSpends, type SpendReader } from '../../lib/spend-desk/queries'
import { dayOf } from '../../lib/time/day'
import { findStaff } from '../../lib/staff/sessions'
import { cookieOfSession, sendForm } from '../factories/console'
import { bankLine, say } from '../factories/desk'
import { bankNotice, makePledge } from '../factories/giving'
import { scan } from '../factories/pictures'
import { makeStaff, type MadeStaff } from '../factories/staff'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'

const folder = testFolder()
let database: TestDatabase
let context: TestContext
let campaign: MadeCampaign
const people: Record<string, MadeStaff> = {}
const ALL: SpendReader = { staffId: 'ke-toan', communeIds: 'all' }

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
    ['giam-doc-hai', 'director', 'ha-noi'],
    ['bien-tap', 'editor', 'ha-noi'],
    ['bien-tap-hai', 'editor', 'ha-noi'],
    ['kiem-soat', 'auditor', 'ha-noi'],
    ['nguoi-khac', 'director', 'ninh-thuan'],
  ] as const)
    people[id] = await makeStaff(context, { id, role, fund })
  // Who asks is a director as well: two people are needed all the same.
  await makeStaff(context, { id: 'ke-toan', role: 'director', fund: 'ha-noi' })
  await makeStaff(context, { id: 'bien-tap', role: 'accountant', fund: 'ha-noi' })
  serve(context, database, { files: withFiles(context, folder).files })
})
afterAll(async () => {
  await database.close()
  folder.remove()
})
beforeEach(() => {
  context.advance(60_000)
})

type Handler = Parameters<typeof sendForm>[1]

/** Posts a form as somebody. @returns where the answer leads */
async function send(
  handler: Handler,
  who: string | null,
  fields: Record<string, string | Blob>,
  parts: Record<string, string> = {},
  fund = 'ha-noi',
) {
  const session = who === null ? null : (people[who]?.session ?? expect.unreachable(`${who} works here`))
  return sendForm(serverContext(), handler, session, { fund, ...parts }, fields)
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

const blob = (bytes: Buffer) => new Blob([new Uint8Array(bytes)])
type FileHandler = (
  request: Request,
  props: { params: Promise<{ locale: string; fund: string; number: string; paper: string; name: string }> },
) => Promise<Response>
async function get(handler: FileHandler, who: string | null, parts: Record<string, string>, fund = 'ha-noi'): Promise<Response> {
  const session = who === null ? undefined : people[who]?.session
  const headers: Record<string, string> = session ? { cookie: await cookieOfSession(serverContext(), session) } : {}
  const params = { locale: 'vi', fund, number: '', paper: '', name: '', ...parts }
  return handler(new Request('https://example.org/quan-tri', { headers }), { params: Promise.resolve(params) })
}

test('a quotation comes with what is asked for: who approves sees it, the public a redacted copy that a third person released', async () => {
  const paper = { kind: 'quotation', datedOn: '2026-11-20', original: blob(await scan(90)) }
  const nothing = { ...wish(), ...paper, original: blob(Buffer.from('<html>')) }
  expect(await send(ask, 'ke-toan', nothing)).toMatch(/loi=o$/)
  const number = numberIn(await send(ask, 'ke-toan', { ...wish({ 'units-0': '3' }), ...paper }))
  const [row] = await context.db.select().from(papers)
  expect(row).toMatchObject({ spendId: BigInt(number), kind: 'quotation', addedBy: 'ke-toan', copy: null })
  const id = String(row?.id)

  const seen = await get(original, 'giam-doc', { number, paper: id })
  expect([seen.status, seen.headers.get('content-disposition'), seen.headers.get('cache-control')]).toEqual([
    ...[200, `attachment; filename="khoan-chi-${number}-${id}.png"`, 'private, no-store'],
  ])
  const closed = [
    await get(original, null, { number, paper: id }),
    await get(original, 'bien-tap-hai', { number, paper: id }),
    await get(original, 'nguoi-khac', { number, paper: id }),
    await get(original, 'nguoi-khac', { number, paper: id }, 'ninh-thuan'),
    await get(original, 'giam-doc', { number: String(Number(number) - 1), paper: id }),
  ]
  expect(closed.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])

  expect(await send(decidePaper, 'giam-doc', { releasePaper: id }, { number })).toMatch(/loi=no_copy$/)
  const copy = { form: `copy-${id}`, copy: blob(await scan(200)) }
  expect(await send(addPaper, 'kiem-soat', copy, { number })).toMatch(/loi=not_allowed$/)
  expect(await send(addPaper, 'nguoi-khac', copy, { number }, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
  expect(await send(addPaper, 'bien-tap', { ...copy, copy: paper.original }, { number })).toMatch(/loi=o$/)
  for (let times = 0; times < 2; times++) expect(await send(addPaper, 'bien-tap', copy, { number })).toMatch(/xong=paper$/)
  const [redacted] = await context.db.select().from(papers)
  const name = `${redacted?.copy?.split('/')[1]}.jpg`
  expect((await get(copyOf, 'giam-doc', { number, name })).status).toBe(200)
  expect((await get(copyOf, 'nguoi-khac', { number, name }, 'ninh-thuan')).status).toBe(404)
  // Who added the original, and who made the copy, may be directors as well: another person releases it.
  expect(await send(decidePaper, 'ke-toan', { releasePaper: id }, { number })).toMatch(/loi=same_person$/)
  expect(await send(decidePaper, 'bien-tap', { releasePaper: id }, { number })).toMatch(/loi=same_person$/)
  expect(await send(decidePaper, 'giam-doc', { releasePaper: id }, { number })).toMatch(/xong=released$/)
})

test('an advance is written down, handed out and settled by others than who holds it', async () => {
  const number = numberIn(await send(ask, 'ke-toan', wish({ 'units-0': '4' })))
  await send(decide, 'giam-doc', { decision: 'approve' }, { number })
  const form = { form: 'advance', formKey: createFormKey(context.random), amount: '800.000', heldBy: 'bien-tap', dueOn: '2099-01-01' }
  expect(await send(advance, 'ke-toan', { ...form, amount: '900.000' }, { number })).toMatch(/loi=o$/)
  expect(await send(advance, 'ke-toan', { ...form, heldBy: 'ke-toan' }, { number })).toMatch(/loi=o$/)
  for (const [who, fund] of [
    ['giam-doc', 'ha-noi'],
    ['kiem-soat', 'ha-noi'],
    ['nguoi-khac', 'ninh-thuan'],
  ] as const)
    expect(await send(advance, who, form, { number }, fund)).toMatch(/loi=not_allowed$/)
  expect(await send(advance, null, form, { number })).toMatch(/dang-nhap/)
  for (let times = 0; times < 2; times++) expect(await send(advance, 'ke-toan', form, { number })).toMatch(/xong=advance$/)
  const [written] = await context.db.select().from(spendAdvances)
  const advanceId = written?.id ?? 0n
  expect(await context.db.$count(spendAdvances)).toBe(1)

  const line = await bankLine(context, { direction: 'out', amountVnd: 800_000n })
  expect((await say(context, line, { kind: 'advance', advanceId })).ok).toBe(true)
  expect(await send(advance, 'ke-toan', { drop: String(advanceId) }, { number })).toMatch(/loi=given$/)
  const settle = { form: `settle-${advanceId}`, formKey: createFormKey(context.random), amount: '800.000', on: '2026-11-24' }
  expect(await send(advance, 'ke-toan', settle, { number })).toMatch(/loi=no_invoice$/)
  const invoice = { form: 'paper', key: 'hoa-don-0123456789', kind: 'invoice', datedOn: '2026-11-24', original: blob(await scan(120)) }
  expect(await send(addPaper, 'ke-toan', invoice, { number })).toMatch(/xong=paper$/)
  for (const [who, fund] of [
    ['giam-doc-hai', 'ha-noi'],
    ['kiem-soat', 'ha-noi'],
    ['nguoi-khac', 'ninh-thuan'],
  ] as const)
    expect(await send(advance, who, settle, { number }, fund)).toMatch(/loi=not_allowed$/)
  // Who holds it is an accountant as well, and settles it not.
  expect(await send(advance, 'bien-tap', settle, { number })).toMatch(/loi=same_person$/)
  expect(await send(advance, 'ke-toan', { ...settle, amount: '800.001' }, { number })).toMatch(/loi=o$/)
  expect(await send(advance, 'ke-toan', settle, { number })).toMatch(/xong=advance_settled$/)
  expect(await stateOf(number)).toBe('paid')
  const trail = await context.db
    .select()
    .from(staffAudit)
    .where(eq(staffAudit.aboutId, String(advanceId)))
  expect(trail.filter(({ aboutKind, outcome }) => aboutKind === 'advance' && outcome === 'done').map(({ action }) => action)).toEqual([
    'spends.settle',
  ])
})

test('what is overdue to be settled stands on the start page of accountants, and of who holds it', async () => {
  const number = numberIn(await send(ask, 'ke-toan', wish({ 'units-0': '1' })))
  await send(decide, 'giam-doc', { decision: 'approve' }, { number })
  const dueOn = dayOf(context.now())
  const form = { form: 'advance', formKey: createFormKey(context.random), amount: '200.000', heldBy: 'bien-tap', dueOn }
  await send(advance, 'ke-toan', form, { number })
  const [planned] = await context.db
    .select()
    .from(spendAdvances)
    .where(eq(spendAdvances.spendId, BigInt(number)))
  await say(context, await bankLine(context, { direction: 'out', amountVnd: 200_000n }), { kind: 'advance', advanceId: planned?.id ?? 0n })
  const waiting = async (id: string, later: Date) => {
    const staff = await findStaff(serverContext(), people[id]?.session ?? expect.unreachable(id), 'vi')
    const fund = staff?.funds.find(({ slug }) => slug === 'ha-noi') ?? expect.unreachable()
    const then = { ...context, now: () => later }
    return (await listWaiting(then, staff ?? expect.unreachable(), fund)).map(({ key }) => key).filter((key) => /advances/.test(key))
  }
  const tomorrow = new Date(context.now().getTime() + 86_400_000)
  expect(await waiting('ke-toan', context.now())).toEqual([])
  expect(await waiting('ke-toan', tomorrow)).toEqual(['advances'])
  expect(await waiting('bien-tap', tomorrow)).toEqual(['advances', 'own_advances'])
  expect(await waiting('kiem-soat', tomorrow)).toEqual([])
  const [fund] = await context.db.select({ fundId: spends.fundId }).from(spends)
  const { rows } = await listSpends(context, fund?.fundId ?? 0, { part: 'advances', beforeId: null, reader: ALL }, 'vi')
  expect(rows.map(({ key, out }) => [key, out?.vnd])).toEqual([[number, 200_000n]])
  // An officer sees spends of their communes, and one of which they hold money.
  const [made] = await context.db.select().from(campaigns).where(eq(campaigns.slug, campaign.slug))
  const unitId = made?.unitId ?? 0
  const seenBy = async (staffId: string, commune: number) =>
    (await getSpendDesk(context, { fundId: made?.fundId ?? 0, key: number, reader: { staffId, communeIds: new Set([commune]) } }, 'vi')) !==
    null
  expect([await seenBy('can-bo', unitId), await seenBy('can-bo', unitId + 1), await seenBy('bien-tap', unitId + 1)]).toEqual([
    ...[true, false, true],
  ])
})

test('lists show what waits, what runs and all, of one’s own fund', async () => {
  const of = async (part: 'waiting' | 'running' | 'all', fundId: number) =>
    (await listSpends(context, fundId, { part, beforeId: null, reader: ALL }, 'vi')).rows.map(({ state }) => state)
  const [spend] = await context.db.select({ fundId: spends.fundId }).from(spends)
  const own = spend?.fundId ?? 0
  expect(await of('waiting', own)).toEqual(['requested', 'requested'])
  expect(await of('running', own)).toEqual(['approved', 'paid', 'approved'])
  expect(await of('all', own)).toEqual(['approved', 'paid', 'requested', 'requested', 'approved'])
  expect(await of('all', own + 1)).toEqual([])
})
