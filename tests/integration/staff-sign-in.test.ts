import { desc, eq, sql } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as getHandler, POST as sendLinkForm } from '../../app/[locale]/(staff)/quan-tri/dang-nhap/gui/route'
import { POST as sampleForm } from '../../app/[locale]/(staff)/quan-tri/dang-nhap/mau/route'
import { POST as leaveForm } from '../../app/[locale]/(staff)/quan-tri/toi/ra/route'
import { POST as linkForm } from '../../app/[locale]/(staff)/quan-tri/vao/[link]/dang-nhap/route'
import { POST as codeForm } from '../../app/[locale]/(staff)/quan-tri/xac-thuc/gui/route'
import { POST as newCodeForm } from '../../app/[locale]/(staff)/quan-tri/xac-thuc/moi/gui/route'
import { staffAudit, staffFactors, staffLinks, staffRecoveryCodes, staffSessions } from '../../db/schema'
import { staffAsking } from '../../lib/console/asked'
import { serverContext } from '../../lib/context'
import type { Mail } from '../../lib/mail/model'
import { ok } from '../../lib/result'
import { act } from '../../lib/staff/act'
import { beginFactor } from '../../lib/staff/sign-in/factors'
import { SESSION_COOKIE, sessionIdOf, tokenOf } from '../../lib/staff/sign-in/token'
import { fundIdOf, makeStaff } from '../factories/staff'
import { makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { serve } from '../setup/server'

let database: TestDatabase
let context: TestContext
const mails: Mail[] = []

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: new Date() })
  await makeFunds(context)
  await makeStaff(context, { id: 'ke-toan', role: 'accountant', fund: 'ha-noi' })
  await makeStaff(context, { id: 'bien-tap', role: 'editor', fund: 'ha-noi' })
  const mail = { send: (sent: Mail) => Promise.resolve(void mails.push(sent)), list: () => Promise.resolve([]) }
  serve(context, database, { mail })
})
afterAll(() => database.close())
beforeEach(() => {
  // Steps of codes and hours of links do not meet from one test to the next.
  context.advance(2 * 3_600_000)
  mails.length = 0
})

const at = { params: Promise.resolve({ locale: 'vi' }) }
const posted = (fields: Record<string, string>, cookie = '') =>
  new Request('https://example.org/quan-tri', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie, 'x-tung-dong-address': '203.0.113.77' },
  })
const locationOf = (answer: Response) => answer.headers.get('location') ?? ''
/** As a browser sends back what it was given: the proxy's door takes the prefix off. */
const cookieOf = (answer: Response): string => {
  const given = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`__Secure-${SESSION_COOKIE}=`)) ?? ''
  return given.slice('__Secure-'.length).split(';', 1)[0] ?? ''
}

async function linkTo(email: string): Promise<string> {
  expect(locationOf(await sendLinkForm(posted({ email, tiep: '/quan-tri/ha-noi' }), at))).toMatch(/^\/quan-tri\/da-gui-thu\?/)
  await vi.waitFor(() => expect(mails).toHaveLength(1), { timeout: 5_000 })
  return /\/quan-tri\/vao\/([^?\s]+)/.exec(mails.pop()?.text ?? '')?.[1] ?? expect.unreachable('a link was sent')
}
const follow = (link: string, tiep = '/quan-tri/ha-noi') => linkForm(posted({ tiep }), { params: Promise.resolve({ locale: 'vi', link }) })
const enter = async (id: string): Promise<string> => cookieOf(await follow(await linkTo(`${id}@example.com`)))
const asking = (cookie: string) => staffAsking(serverContext(), new Headers({ cookie }), 'vi')

/** The secret of an app that is being set up, and what it shows now. */
async function setUp(staffId: string): Promise<{ code: () => string; recovery: string[] }> {
  const { typed, recoveryCodes } = await beginFactor(serverContext(), { staffId, label: staffId })
  const secret = typed.replaceAll(' ', '')
  return { recovery: recoveryCodes, code: () => generateSync({ secret, epoch: Math.floor(context.now().getTime() / 1_000) }) }
}

describe('a link by e-mail', () => {
  test('signs in once, from the page it leads to', async () => {
    const link = await linkTo(' Bien-Tap@Example.com')
    const answer = await follow(link)
    expect([answer.status, locationOf(answer)]).toEqual([303, '/quan-tri/ha-noi'])
    const cookies = answer.headers.getSetCookie()
    expect(cookies.map((cookie) => /Path=([^;]+)/.exec(cookie)?.[1])).toEqual(['/quan-tri', '/en/quan-tri'])
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; Secure$/)
    expect(await asking(cookieOf(answer))).toMatchObject({ id: 'bien-tap', isComplete: true, hasFactor: false })
    const [session] = await context.db.select().from(staffSessions).orderBy(desc(staffSessions.startedAt)).limit(1)
    expect(session).toMatchObject({ staffId: 'bien-tap', network: '203.0.113.0/24', idleSeconds: 1_800 })

    const again = await follow(link)
    expect([locationOf(again), again.headers.getSetCookie()]).toEqual(['/quan-tri/dang-nhap?loi=duong-dan', []])
  })

  test('used twice at the same instant signs in once', async () => {
    const link = await linkTo('bien-tap@example.com')
    const cookies = (await Promise.all([follow(link), follow(link)])).map(cookieOf)
    expect(cookies.filter((cookie) => cookie !== '')).toHaveLength(1)
  })

  test('is too old after ten minutes, and is nobody else’s', async () => {
    const link = await linkTo('bien-tap@example.com')
    const [, token = ''] = link.split('.')
    expect(cookieOf(await follow(`ke-toan.${token}`))).toBe('')
    expect(cookieOf(await follow(`nobody-here.${token}`))).toBe('')
    expect(cookieOf(await follow('nonsense'))).toBe('')
    context.advance(10 * 60_000)
    expect(cookieOf(await follow(link))).toBe('')
  })

  test('is sent to nobody who is not known, with the same answer, and to nobody too often', async () => {
    const unknown = await sendLinkForm(posted({ email: 'ai.do@example.com', tiep: '/quan-tri/ha-noi' }), at)
    const known = await sendLinkForm(posted({ email: 'bien-tap@example.com', tiep: '/quan-tri/ha-noi' }), at)
    expect([unknown.status, locationOf(unknown)]).toEqual([known.status, locationOf(known)])
    await vi.waitFor(() => expect(mails.map(({ to }) => to)).toEqual(['bien-tap@example.com']), { timeout: 5_000 })
    for (let index = 0; index < 4; index++) {
      mails.length = 0
      await linkTo('bien-tap@example.com')
    }
    await sendLinkForm(posted({ email: 'bien-tap@example.com' }), at)
    // Somebody else’s is sent after it, and alone.
    await linkTo('ke-toan@example.com')
    context.advance(3_600_001)
    await linkTo('bien-tap@example.com')
    expect(mails).toEqual([])
  })

  test('is asked for by an address that is one', async () => {
    const answer = await sendLinkForm(posted({ email: 'không phải', tiep: '' }), at)
    expect(locationOf(answer)).toMatch(/loi=o/)
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-td_viec=/)
    expect((await getHandler(posted({}), at)).headers.get('location')).toBe('/quan-tri/dang-nhap')
  })

  test.each(['https://evil.example/quan-tri', '//evil.example', '/quan-tri/../ung-ho', '/ung-ho', '/quan-tri@evil.example', '\\\\evil'])(
    'goes on to the console and nowhere else: %s',
    async (tiep) => {
      const answer = await follow(await linkTo('bien-tap@example.com'), tiep)
      expect(locationOf(answer)).toBe('/quan-tri')
    },
  )

  test('leaves no secret behind: hashes, and nothing of a person in the trail', async () => {
    const link = await linkTo('bien-tap@example.com')
    const [, token = ''] = link.split('.')
    const rows = await context.db.select().from(staffLinks)
    expect(JSON.stringify(rows)).not.toContain(token)
    await follow(link)
    expect(JSON.stringify(await context.db.select({ facts: staffAudit.after }).from(staffAudit))).not.toContain('@')
  })
})

describe('a token', () => {
  test('carries the id of a session, which is asked for on each request', async () => {
    const cookie = await enter('bien-tap')
    const token = cookie.slice(SESSION_COOKIE.length + 1)
    const { secret } = serverContext().staff
    const sid = await sessionIdOf(secret, token)
    expect(sid).not.toBeNull()
    expect(await sessionIdOf('another secret of 32 characters .', token)).toBeNull()
    expect(await sessionIdOf(secret, `${token.slice(0, -6)}AAAAAA`)).toBeNull()
    expect(await asking(`${SESSION_COOKIE}=${await tokenOf('another secret of 32 characters .', sid ?? '')}`)).toBeNull()
    const left = await leaveForm(posted({ o: 'day' }, cookie), at)
    expect(locationOf(left)).toBe('/quan-tri/dang-nhap?ra=1')
    expect(left.headers.getSetCookie().every((one) => one.includes('Max-Age=0'))).toBe(true)
    // The browser that kept it has nothing.
    expect(await asking(cookie)).toBeNull()
  })

  test('of every browser ends on demand', async () => {
    const [here, there] = [await enter('bien-tap'), await enter('bien-tap')]
    await leaveForm(posted({ o: 'moi-may' }, here), at)
    expect([await asking(here), await asking(there)]).toEqual([null, null])
  })
})

describe('the second factor', () => {
  const type = (cookie: string, ma: string) => codeForm(posted({ ma, tiep: '/quan-tri/ha-noi' }, cookie), at)
  const first = (cookie: string, ma: string) => newCodeForm(posted({ ma, tiep: '/quan-tri/ha-noi' }, cookie), at)
  let app: { code: () => string; recovery: string[] }

  test('is set up by whoever can move money, before anything else', async () => {
    const cookie = await enter('ke-toan')
    expect(await asking(cookie)).toMatchObject({ isComplete: false, hasFactor: false })
    expect(locationOf(await first(cookie, '123456'))).toMatch(/loi=nothing_begun/)
    app = await setUp('ke-toan')
    // The page that is opened again shows the same.
    expect((await setUp('ke-toan')).recovery).toEqual(app.recovery)
    expect(locationOf(await first(cookie, '000000'))).toMatch(/loi=wrong_code/)
    expect(locationOf(await first(cookie, ` ${app.code().slice(0, 3)} ${app.code().slice(3)}`))).toBe('/quan-tri/ha-noi')
    expect(await asking(cookie)).toMatchObject({ isComplete: true, hasFactor: true })
    const kept = JSON.stringify(await context.db.select().from(staffRecoveryCodes), (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    for (const code of app.recovery) expect(kept).not.toContain(code)
    expect(app.recovery.every((code) => /^[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}$/.test(code))).toBe(true)
  })

  test('that another has does not keep out whoever needs none', async () => {
    const staff = (await asking(await enter('bien-tap'))) ?? expect.unreachable('signed in')
    const deed = { permission: 'needs.check', fundId: await fundIdOf(context, 'ha-noi'), about: { kind: 'fund', id: 1 } } as const
    expect(await act(context, staff, deed, () => Promise.resolve(ok(null)))).toEqual(ok(null))
  })

  test('is asked for each time, and takes no code twice', async () => {
    const cookie = await enter('ke-toan')
    const code = app.code()
    expect(locationOf(await type(cookie, code))).toBe('/quan-tri/ha-noi')
    const other = await enter('ke-toan')
    expect(locationOf(await type(other, code))).toMatch(/loi=wrong_code/)
    expect((await asking(other))?.isComplete).toBe(false)
    context.advance(30_000)
    expect(locationOf(await type(other, app.code()))).toBe('/quan-tri/ha-noi')
    expect((await asking(other))?.isComplete).toBe(true)
  })

  test('that is lost is made up for by a recovery code, once', async () => {
    const [one = ''] = app.recovery
    const cookie = await enter('ke-toan')
    expect(locationOf(await type(cookie, one.toUpperCase().replace('-', ' ')))).toBe('/quan-tri/ha-noi')
    const other = await enter('ke-toan')
    expect(locationOf(await type(other, one))).toMatch(/loi=wrong_code/)
  })

  test('is guessed five times, and then the session has ended', async () => {
    const cookie = await enter('ke-toan')
    const right = app.code()
    const wrong = right === '111111' ? '222222' : '111111'
    for (let tries = 0; tries < 4; tries++) expect(locationOf(await type(cookie, wrong))).toMatch(/loi=wrong_code/)
    expect(locationOf(await type(cookie, wrong))).toBe('/quan-tri/dang-nhap?loi=ma')
    expect(locationOf(await type(cookie, right))).toBe('/quan-tri/dang-nhap')
    expect(await asking(cookie)).toBeNull()
    const denied = await context.db.select().from(staffAudit).where(eq(staffAudit.outcome, 'denied')).orderBy(desc(staffAudit.id)).limit(1)
    expect(denied).toMatchObject([{ staffId: 'ke-toan', action: 'sign_in.second_factor' }])
  })

  test('is not replaced by whoever has the mailbox alone', async () => {
    const cookie = await enter('ke-toan')
    const another = await setUp('ke-toan')
    expect(locationOf(await first(cookie, another.code()))).toMatch(/loi=wrong_code/)
    expect(locationOf(await type(cookie, app.code()))).toBe('/quan-tri/ha-noi')
    expect(locationOf(await first(cookie, another.code()))).toBe('/quan-tri/ha-noi')
    // The old phone and the old codes are worth nothing any more.
    context.advance(60_000)
    const later = await enter('ke-toan')
    expect(locationOf(await type(later, app.code()))).toMatch(/loi=wrong_code/)
    expect(locationOf(await type(later, app.recovery[1] ?? ''))).toMatch(/loi=wrong_code/)
    expect(locationOf(await type(later, another.code()))).toBe('/quan-tri/ha-noi')
  })

  test('of whoever needs none is asked for once they have one', async () => {
    const cookie = await enter('bien-tap')
    const own = await setUp('bien-tap')
    expect(locationOf(await first(cookie, own.code()))).toBe('/quan-tri/ha-noi')
    expect((await asking(await enter('bien-tap')))?.isComplete).toBe(false)
  })

  test('lies in the database sealed, and for one person', async () => {
    const [row] = await context.db.select().from(staffFactors).where(eq(staffFactors.staffId, 'ke-toan')).limit(1)
    const { db } = database.owner ?? database.handle
    expect(await refusalOf(db, `update staff_factors set sealed = '\\x00' where confirmed_at is not null`)).toMatch(/as it was confirmed/)
    expect(await refusalOf(db, `update staff_factors set last_step = last_step - 1 where last_step is not null`)).toMatch(
      /as it was confirmed/,
    )
    expect(await refusalOf(db, `update staff_recovery_codes set used_at = null where used_at is not null`)).toMatch(/used once/)
    expect(await refusalOf(db, `update staff_links set used_at = null where used_at is not null`)).toMatch(/used once/)
    expect(await refusalOf(db, `update staff_sessions set wrong_codes = 0 where wrong_codes > 0 and ended_at is null`)).toMatch(
      /as it was begun/,
    )
    expect(row?.sealed.length).toBeGreaterThan(20)
  })
})

describe('one click', () => {
  const click = (ai: string) => sampleForm(posted({ ai, tiep: '/quan-tri/ha-noi' }), at)

  test('signs in somebody of a sample, and nobody who is not there', async () => {
    const answer = await click('ke-toan')
    expect(locationOf(answer)).toBe('/quan-tri/ha-noi')
    expect(await asking(cookieOf(answer))).toMatchObject({ id: 'ke-toan', isComplete: true })
    expect(cookieOf(await click('khong-ai'))).toBe('')
  })

  test('is nothing in a real database', async () => {
    const sessions = async () => (await context.db.select({ count: sql`count(*)`.mapWith(Number) }).from(staffSessions))[0]?.count
    const before = await sessions()
    const real = testContext(database.handle, { now: context.now(), installation: { kind: 'real', seed: null, anchorDay: null } })
    serve(real, database)
    const answer = await click('ke-toan')
    serve(context, database)
    expect([answer.status, answer.headers.getSetCookie(), await sessions()]).toEqual([404, [], before])
  })
})
