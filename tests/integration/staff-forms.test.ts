import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { POST as writeParticulars } from '../../app/[locale]/(staff)/quan-tri/[fund]/cai-dat/thong-tin/route'
import { POST as saveSettings } from '../../app/[locale]/(staff)/quan-tri/[fund]/cai-dat/luu/route'
import { POST as appointForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/nguoi/chi-dinh/route'
import { GET as openDecide, POST as decide } from '../../app/[locale]/(staff)/quan-tri/[fund]/nguoi/doi/route'
import { POST as propose } from '../../app/[locale]/(staff)/quan-tri/[fund]/tai-khoan/de-nghi/route'
import { POST as approve } from '../../app/[locale]/(staff)/quan-tri/[fund]/tai-khoan/duyet/route'
import { POST as retire } from '../../app/[locale]/(staff)/quan-tri/[fund]/tai-khoan/thoi-dung/route'
import { events, fundParticulars, fundSettings, receivingAccounts, staffAudit, staffRoles } from '../../db/schema'
import { listWaiting } from '../../lib/console/waiting'
import { search } from '../../lib/console/search'
import { readTyped, typedCookie } from '../../lib/console/typed'
import { serverContext } from '../../lib/context'
import { getParticulars } from '../../lib/funds/particulars'
import { listOwnAccounts } from '../../lib/funds/receiving'
import type { Mail } from '../../lib/mail/model'
import { endSessions, findStaff } from '../../lib/staff/sessions'
import { readAuditFilter, auditQuery } from '../../lib/staff/schema'
import { SESSION_COOKIE, tokenOf } from '../../lib/staff/sign-in/token'
import { makeStaff, roleIdOf, signIn, type MadeStaff } from '../factories/staff'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
const people: Record<string, MadeStaff> = {}
const mails: Mail[] = []

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: new Date() })
  await makeFunds(context)
  await makeCampaign(context)
  const made = [
    ['giam-doc', 'director', 'ha-noi'],
    ['pho-giam-doc', 'director', 'ha-noi'],
    ['ke-toan', 'accountant', 'ha-noi'],
    ['bien-tap', 'editor', 'ha-noi'],
    ['kiem-soat', 'auditor', 'ha-noi'],
    ['giam-doc-khac', 'director', 'ninh-thuan'],
    ['van-hanh', 'operator', null],
  ] as const
  for (const [id, role, fund] of made) people[id] = await makeStaff(context, { id, role, fund })
  const mail = { send: (sent: Mail) => Promise.resolve(void mails.push(sent)), list: () => Promise.resolve([]) }
  serve(context, database, { mail })
})
afterAll(() => database.close())
beforeEach(() => context.advance(1_000))

type Handler = (
  request: Request,
  props: { params: Promise<{ locale: string; fund: string } & Record<string, string>> },
) => Promise<Response>

async function cookieFor(id: string): Promise<string> {
  const { sessionId } = await signIn(context, id)
  return `${SESSION_COOKIE}=${await tokenOf(serverContext().staff.secret, sessionId)}`
}

/** Posts a form to a handler as a browser would, in somebody's name; nobody's where `id` is null. */
async function post(
  handler: Handler,
  id: string | null,
  fields: Record<string, string>,
  fund = 'ha-noi',
): Promise<{ to: string; cookies: string[] }> {
  const headers = { 'x-tung-dong-address': '2001:db8:7:8::9', ...(id === null ? {} : { cookie: await cookieFor(id) }) }
  const request = new Request('https://example.org/quan-tri', { method: 'POST', body: new URLSearchParams(fields), headers })
  const answer = await handler(request, { params: Promise.resolve({ locale: 'vi', fund }) })
  expect(answer.status).toBe(303)
  return { to: answer.headers.get('location') ?? '', cookies: answer.headers.getSetCookie() }
}

const EDITOR = { email: 'moi@example.com', name: 'Người Mới', role: 'editor', locale: 'vi' }
const ACCOUNT = {
  ...{ alias: 'Hà Nội 02', bankName: 'Ngân hàng Mẫu', bankBin: '999901', accountName: 'QUY MAU' },
  ...{ accountNumber: '0000 9999 8888', again: '000099998888' },
}

describe('a form of the console', () => {
  test.each<[string, Handler, Record<string, string>, string[]]>([
    ['appointing', appointForm, EDITOR, ['giam-doc', 'pho-giam-doc']],
    ['ending a role', decide, { end: '1' }, ['giam-doc', 'pho-giam-doc']],
    ['proposing an account', propose, ACCOUNT, ['giam-doc', 'pho-giam-doc', 'ke-toan']],
    ['approving an account', approve, { approve: '1' }, ['giam-doc', 'pho-giam-doc']],
    ['saving settings', saveSettings, { appointment: '7', account: '7' }, ['giam-doc', 'pho-giam-doc']],
    ['writing particulars', writeParticulars, { address: 'số 1 đường Mẫu' }, ['giam-doc', 'pho-giam-doc']],
  ])(
    'for %s is refused to whoever’s role does not allow it, to another fund’s people, to an operator and to nobody',
    async (_what, handler, fields, allowed) => {
      const before = [
        await context.db.select().from(receivingAccounts),
        await context.db.select().from(fundSettings),
        await context.db.select().from(fundParticulars),
      ]
      for (const id of ['ke-toan', 'bien-tap', 'kiem-soat'].filter((one) => !allowed.includes(one)))
        expect((await post(handler, id, fields)).to, id).toMatch(/\?loi=not_allowed$/)
      // Whoever has no role in a fund does not learn that it has such a form.
      for (const id of ['giam-doc-khac', 'van-hanh']) expect((await post(handler, id, fields)).to, id).toBe('/quan-tri')
      expect((await post(handler, null, fields)).to).toMatch(/^\/quan-tri\/dang-nhap\?can=1&tiep=/)
      expect([
        await context.db.select().from(receivingAccounts),
        await context.db.select().from(fundSettings),
        await context.db.select().from(fundParticulars),
      ]).toEqual(before)
    },
  )

  test('acts on its own fund’s things alone, whatever a number says', async () => {
    const foreign = await roleIdOf(context, 'giam-doc-khac', 'director')
    expect((await post(decide, 'giam-doc', { end: String(foreign) })).to).toBe('/quan-tri/ha-noi/nguoi?loi=not_allowed')
    const [row] = await context.db.select().from(staffRoles).where(eq(staffRoles.id, foreign))
    expect(row?.endedAt).toBeNull()
    expect((await post(decide, 'giam-doc', { end: '99999999' })).to).toBe('/quan-tri/ha-noi/nguoi?loi=not_allowed')
    expect((await post(decide, 'giam-doc', { end: "1' or true" })).to).toBe('/quan-tri/ha-noi/nguoi?loi=not_found')
  })

  test('whose session has ended comes back after signing in, with what was typed', async () => {
    const cookie = await cookieFor('giam-doc')
    await endSessions(context.db, { now: context.now(), staffId: 'giam-doc', why: 'everywhere' })
    const request = new Request('https://example.org/', { method: 'POST', body: new URLSearchParams(EDITOR), headers: { cookie } })
    const answer = await appointForm(request, { params: Promise.resolve({ locale: 'en', fund: 'ha-noi' }) })
    expect(answer.headers.get('location')).toBe('/en/quan-tri/dang-nhap?can=1&tiep=%2Fquan-tri%2Fha-noi%2Fnguoi')
    const [kept = ''] = answer.headers.getSetCookie()
    expect(kept).toMatch(/; Path=\/en\/quan-tri\/ha-noi\/nguoi;.*HttpOnly/)
    expect(readTyped(new Headers({ cookie: kept.replace('__Secure-', '').split(';', 1)[0] ?? '' }))).toEqual({ fields: EDITOR, errors: {} })
    const opened = await openDecide(new Request('https://example.org/'), { params: Promise.resolve({ locale: 'vi', fund: 'ha-noi' }) })
    expect(opened.headers.get('location')).toBe('/quan-tri/ha-noi/nguoi')
  })

  test('keeps as much of what was typed as a cookie holds', () => {
    const fields = { short: 'ngắn', long: 'đ'.repeat(5_000) }
    const kept = typedCookie({ fields, errors: { long: 'too_long' } }, '/quan-tri/ha-noi', true)
    expect(kept.length).toBeLessThan(4_096)
    const cookie = kept.replace('__Secure-', '').split(';', 1)[0] ?? ''
    expect(readTyped(new Headers({ cookie }))).toEqual({ fields: { short: 'ngắn' }, errors: { long: 'too_long' } })
    expect(readTyped(new Headers({ cookie: 'td_viec=rubbish' }))).toBeNull()
  })
})

describe('people', () => {
  test('are appointed, confirmed by another director and ended, each step in the trail', async () => {
    expect((await post(appointForm, 'giam-doc', EDITOR)).to).toBe('/quan-tri/ha-noi/nguoi?xong=appointed')
    expect((await post(appointForm, 'giam-doc', { ...EDITOR, role: 'accountant' })).to).toBe('/quan-tri/ha-noi/nguoi?xong=waiting')
    // Whoever was appointed hears of it, and whoever could stop it; nobody of another fund.
    await vi.waitFor(() => expect(mails).toHaveLength(4), { timeout: 5_000 })
    expect(mails.map(({ to }) => to).toSorted()).toEqual([
      ...['moi@example.com', 'moi@example.com', 'pho-giam-doc@example.com', 'pho-giam-doc@example.com'],
    ])
    expect(mails.filter(({ text }) => text.includes('chờ một giám đốc khác'))).toHaveLength(2)
    const [role] = await context.db.select().from(staffRoles).orderBy(desc(staffRoles.id)).limit(1)
    const roleId = role?.id ?? 0n
    const waiting = async (id: string) => {
      const staff = await findStaff(context, await signIn(context, id), 'vi')
      const [fund] = staff?.funds ?? []
      return staff && fund ? listWaiting(context, staff, fund) : expect.unreachable()
    }
    expect(await waiting('pho-giam-doc')).toEqual([{ key: 'appointments', path: '/nguoi', count: 1 }])
    expect(await waiting('giam-doc')).toEqual([])
    expect(await waiting('kiem-soat')).toEqual([])

    expect((await post(decide, 'giam-doc', { confirm: String(roleId) })).to).toBe('/quan-tri/ha-noi/nguoi?loi=same_person')
    expect((await post(decide, 'pho-giam-doc', { confirm: String(roleId) })).to).toBe('/quan-tri/ha-noi/nguoi?xong=confirmed')
    expect((await post(decide, 'pho-giam-doc', { confirm: String(roleId) })).to).toBe('/quan-tri/ha-noi/nguoi?loi=not_waiting')
    expect((await post(decide, 'giam-doc', { end: String(roleId) })).to).toBe('/quan-tri/ha-noi/nguoi?xong=ended')
    const trail = await context.db
      .select()
      .from(staffAudit)
      .where(eq(staffAudit.aboutId, String(roleId)))
      .orderBy(staffAudit.id)
    expect(trail.map(({ action, outcome, staffId, network }) => [action, outcome, staffId, network])).toEqual([
      ['people.confirm', 'done', 'pho-giam-doc', '2001:db8:7::/48'],
      ['people.end', 'done', 'giam-doc', '2001:db8:7::/48'],
    ])
  })

  test('who are typed wrong come back with what was typed', async () => {
    const { to, cookies } = await post(appointForm, 'giam-doc', { ...EDITOR, email: 'không', name: 'Giữ nguyên' })
    expect(to).toBe('/quan-tri/ha-noi/nguoi?loi=o')
    const cookie = (cookies[0] ?? '').replace('__Secure-', '').split(';', 1)[0] ?? ''
    expect(readTyped(new Headers({ cookie }))).toMatchObject({ fields: { name: 'Giữ nguyên' }, errors: { form: 'not_an_email' } })
    expect((await post(appointForm, 'giam-doc', { ...EDITOR, role: 'operator' })).to).toMatch(/loi=o/)
  })
})

describe('receiving accounts', () => {
  test('are proposed by one, approved by another, and in effect after their days in public', async () => {
    expect((await post(saveSettings, 'giam-doc', { appointment: '10', account: '5' })).to).toBe('/quan-tri/ha-noi/cai-dat?xong=1')
    const [saved] = await context.db.select().from(staffAudit).orderBy(desc(staffAudit.id)).limit(1)
    expect(saved).toMatchObject({ before: { accountDelayDays: 7 }, after: { appointmentDelayDays: 10, accountDelayDays: 5 } })
    expect((await post(propose, 'giam-doc', { ...ACCOUNT, again: '000099998887' })).to).toMatch(/loi=o/)
    expect((await post(propose, 'giam-doc', { ...ACCOUNT, bankBin: '12' })).to).toMatch(/loi=o/)
    expect((await post(propose, 'giam-doc', ACCOUNT)).to).toBe('/quan-tri/ha-noi/tai-khoan?xong=proposed')
    const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, '000099998888'))
    const id = String(account?.id)
    expect((await post(approve, 'giam-doc', { approve: id })).to).toBe('/quan-tri/ha-noi/tai-khoan?loi=same_person')
    expect((await post(approve, 'pho-giam-doc', { approve: id })).to).toBe('/quan-tri/ha-noi/tai-khoan?xong=approved')
    const [own] = await listOwnAccounts(context, account?.fundId ?? 0)
    expect(own).toMatchObject({ alias: 'Hà Nội 02', state: 'approved', proposedBy: 'giam-doc', approvedBy: 'pho-giam-doc' })
    expect(own?.effectiveFrom).toEqual(new Date(context.now().getTime() + 5 * 86_400_000))
    expect((await post(approve, 'pho-giam-doc', { approve: id })).to).toBe('/quan-tri/ha-noi/tai-khoan?loi=already_approved')
  })

  test('are used no more when two people of the fund say so, after days in public', async () => {
    const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.alias, 'ha-noi 01'))
    const id = String(account?.id)
    const page = '/quan-tri/ha-noi/tai-khoan'
    for (const who of ['van-hanh', 'giam-doc-khac'])
      for (const handler of [retire, approve])
        expect((await post(handler, who, { retire: id, 'approve-retirement': id })).to).toBe('/quan-tri')
    expect((await post(approve, 'pho-giam-doc', { 'approve-retirement': id })).to).toBe(`${page}?loi=unknown_account`)
    expect((await post(retire, 'kiem-soat', { retire: id })).to).toBe(`${page}?loi=not_allowed`)
    expect((await post(retire, 'giam-doc', { retire: id })).to).toBe(`${page}?xong=retiring`)
    expect((await post(approve, 'giam-doc', { 'approve-retirement': id })).to).toBe(`${page}?loi=same_person`)
    expect((await post(approve, 'ke-toan', { 'approve-retirement': id })).to).toBe(`${page}?loi=not_allowed`)
    const own = async () => (await listOwnAccounts(context, account?.fundId ?? 0)).find(({ alias }) => alias === 'ha-noi 01')
    expect(await own()).toMatchObject({ state: 'in_effect', retiredAt: null, retirement: { proposedBy: 'giam-doc', approvedBy: null } })
    expect((await post(approve, 'pho-giam-doc', { 'approve-retirement': id })).to).toBe(`${page}?xong=retired`)
    const retiredAt = new Date(context.now().getTime() + 5 * 86_400_000)
    expect(await own()).toMatchObject({ state: 'in_effect', retiredAt, retirement: { approvedBy: 'pho-giam-doc' } })
    expect((await post(retire, 'giam-doc', { retire: id })).to).toBe(`${page}?loi=already_retired`)
    const told = await context.db
      .select()
      .from(events)
      .where(eq(events.idempotencyKey, `receiving_account:${id}:retired`))
    expect(told).toMatchObject([
      { kind: 'receiving_account_changed', facts: { change: 'retired', effectiveFrom: retiredAt.toISOString() } },
    ])
  })

  test('stand in public no shorter than a fund may set', async () => {
    expect((await post(saveSettings, 'giam-doc', { appointment: '6', account: '5' })).to).toBe('/quan-tri/ha-noi/cai-dat?loi=o')
    expect((await post(saveSettings, 'giam-doc', { appointment: '7', account: 'ba' })).to).toBe('/quan-tri/ha-noi/cai-dat?loi=o')
  })
})

test('where a fund is found is what its directors wrote last, and what they wrote before stays', async () => {
  const write = async (fields: Record<string, string>) => (await post(writeParticulars, 'giam-doc', fields)).to
  const page = '/quan-tri/ha-noi/cai-dat'
  const given = { address: ' số 1  đường Mẫu ', phone: '024 0000 0000', email: 'quy@example.org', taxCode: '' }
  expect([await write(given), await write(given), await write({ ...given, phone: '' })]).toEqual([0, 1, 2].map(() => `${page}?xong=1`))
  for (const wrong of [{ phone: 'gọi tôi' }, { email: 'quỹ' }, { taxCode: '0100000001' }])
    expect(await write({ ...given, ...wrong })).toBe(`${page}?loi=o`)
  const rows = await context.db.select().from(fundParticulars).orderBy(fundParticulars.id)
  expect(rows.map(({ address, phone, writtenBy }) => [address, phone, writtenBy])).toEqual([
    ['số 1 đường Mẫu', '024 0000 0000', 'giam-doc'],
    ['số 1 đường Mẫu', null, 'giam-doc'],
  ])
  const [{ fundId = 0 } = {}] = rows
  expect(await getParticulars(context, fundId)).toEqual({
    ...{ address: 'số 1 đường Mẫu', phone: null, email: 'quy@example.org', taxCode: null },
  })
})

test('what is looked for is found where its finder may look', async () => {
  const found = async (id: string, text: string) => {
    const staff = await findStaff(context, await signIn(context, id), 'vi')
    const [fund] = staff?.funds ?? []
    return staff && fund ? (await search(context, staff, { fund, text, locale: 'vi' })).map(({ kind }) => kind) : expect.unreachable()
  }
  expect(await found('bien-tap', 'áo ấm')).toEqual(['need', 'campaign'])
  expect(await found('bien-tap', 'ke-toan')).toEqual([])
  expect(await found('kiem-soat', 'ke-toan')).toEqual(['person'])
  expect(await found('kiem-soat', '%')).toEqual([])
  expect(await found('giam-doc-khac', 'áo ấm')).toEqual([])
})

test('a filter of the trail is read off an address, and written back', () => {
  const filter = readAuditFilter({
    ai: 'ke-toan',
    viec: 'spends',
    ve: ' Spend:12 ',
    tu: '2026-11-01',
    den: 'hôm nay',
    kq: 'denied',
    truoc: '99',
  })
  expect(filter).toEqual({
    ...{ staffId: 'ke-toan', action: 'spends', aboutKind: 'spend', aboutId: '12' },
    ...{ from: '2026-11-01', outcome: 'denied', beforeId: 99n },
  })
  expect(readAuditFilter(Object.fromEntries(new URLSearchParams(auditQuery(filter))))).toEqual(filter)
  expect(readAuditFilter({ ai: "x' or 1=1", ve: '', truoc: '9'.repeat(30) })).toEqual({})
})
