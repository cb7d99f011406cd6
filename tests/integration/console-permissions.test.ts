import { existsSync } from 'node:fs'
import { and, eq, gt, max } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { z } from 'zod'
import { staffAudit } from '../../db/schema'
import { getDraftDesk } from '../../lib/campaigns/draft-desk'
import { search } from '../../lib/console/search'
import { serverContext } from '../../lib/context'
import { CONSOLE_FORMS, CONSOLE_PAGES } from '../../lib/http/console-routes'
import { answering } from '../../lib/http/status'
import type { Role, StaffSession } from '../../lib/staff/model'
import { findStaff } from '../../lib/staff/sessions'
import { cookieOfSession } from '../factories/console'
import { FORMS, key, PAGES, type Fields } from '../factories/console-rights'
import { makeConsoleWorld, type ConsoleWorld } from '../factories/console-world'
import { makeFunds } from '../factories/site'
import { makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'

/** Addresses that belong to no fund: who may is who has signed in, and lib/staff/sign-in has its own tests. */
const OF_NO_FUND = /^\/quan-tri(?!\/\[fund\])/
const OF_FUND = '/quan-tri/[fund]'
const ofFund = (routes: readonly string[]) => routes.filter((route) => !OF_NO_FUND.test(route)).map((route) => route.slice(OF_FUND.length))

const headers = vi.hoisted(() => ({ current: new Headers() }))
vi.mock('next/headers', () => ({ headers: () => Promise.resolve(headers.current) }))

// Rules are the same on every engine, and there are a thousand requests.
const isHere = inject('engine') === 'embedded'

let database: TestDatabase
let context: TestContext
let world: ConsoleWorld
const folder = testFolder()
const people = new Map<string, StaffSession>()

beforeAll(async () => {
  if (!isHere) return
  database = await testDatabase()
  context = testContext(database.handle, { now: '2026-11-24T03:00:00Z' })
  const withStore = withFiles(context, folder)
  await makeFunds(context)
  await makeStaff(context, { id: 'nguoi-tam', role: 'editor', fund: 'ha-noi' })
  world = await makeConsoleWorld(withStore)
  const add = async (letter: string, role: Role, fund: 'ha-noi' | 'ninh-thuan' | null, communeIds: number[] = []) =>
    people.set(
      letter,
      (await makeStaff(context, { id: `nguoi-${letter.toLowerCase()}${communeIds[0] ?? ''}`, role, fund, communeIds })).session,
    )
  await add('E', 'editor', 'ha-noi')
  await add('A', 'accountant', 'ha-noi')
  await add('D', 'director', 'ha-noi')
  await add('S', 'auditor', 'ha-noi')
  await add('F', 'field_officer', 'ha-noi', [world.communeId])
  await add('f', 'field_officer', 'ha-noi', [world.communeId + 1])
  await add('O', 'operator', null)
  // Whoever may do everything in another fund.
  await add('X', 'director', 'ninh-thuan')
  for (const role of ['accountant', 'editor'] as const) await makeStaff(context, { id: 'nguoi-x', role, fund: 'ninh-thuan' })
  serve(context, database, { files: withStore.files })
})
afterAll(async () => {
  if (isHere) await database.close()
  folder.remove()
})

const LETTERS = 'EADFfS'
const moduleShape = z.object({
  default: z.custom<Page>().optional(),
  GET: z.custom<Handler>().optional(),
  POST: z.custom<Handler>().optional(),
})
type Params = Record<string, string> & { locale: string; fund: string }
type Page = (props: { params: Promise<Params>; searchParams: Promise<Record<string, string>> }) => Promise<unknown>
type Handler = (request: Request, props: { params: Promise<Params> }) => Promise<Response>

/** What answers at an address: the page or the handler in the folder of its name. */
async function answererOf(route: string): Promise<z.infer<typeof moduleShape>> {
  for (const group of ['(staff)', '(site)'])
    for (const name of ['page.tsx', 'route.ts']) {
      const path = new URL(`../../app/[locale]/${group}${route}/${name}`, import.meta.url).pathname
      if (existsSync(path)) return moduleShape.parse(await import(path))
    }
  return expect.unreachable(`nothing answers at ${route}`)
}

const asked = async (letter: string | null): Promise<Headers> => {
  const session = letter === null ? null : (people.get(letter) ?? expect.unreachable(letter))
  return new Headers({
    'x-tung-dong-address': '203.0.113.77',
    ...(session ? { cookie: await cookieOfSession(serverContext(), session) } : {}),
  })
}

/** Asks for a page, or for a file, as somebody. @returns its status; where it leads to another page, that one's address */
async function read(route: string, letter: string | null, parts: Record<string, string>, fund = 'ha-noi'): Promise<number | string> {
  const { default: page, GET } = await answererOf(route)
  const params = Promise.resolve({ locale: 'vi', fund, ...parts })
  headers.current = await asked(letter)
  if (GET) return (await GET(new Request('https://example.org/', { headers: headers.current }), { params })).status
  const answer = { statusCode: 200, setHeader: () => undefined }
  try {
    await answering(answer, async () => page?.({ params, searchParams: Promise.resolve({}) }))
  } catch (error) {
    const { digest } = z.object({ digest: z.string() }).parse(error)
    const [, to] = /^NEXT_REDIRECT;\w+;([^;]*);/.exec(digest) ?? []
    return to ?? (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK;404') ? 404 : digest)
  }
  return answer.statusCode
}

/** Posts a form as somebody. @returns whether the rules said no, and where it leads */
async function post(route: string, letter: string | null, parts: Record<string, string>, fields: Fields, fund = 'ha-noi') {
  const { POST } = await answererOf(route)
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const sent = new Response(form)
  const said = await asked(letter)
  said.set('content-type', sent.headers.get('content-type') ?? '')
  const [before] = await context.db.select({ id: max(staffAudit.id) }).from(staffAudit)
  const request = new Request('https://example.org/', { method: 'POST', body: await sent.arrayBuffer(), headers: said })
  const answer = await POST?.(request, { params: Promise.resolve({ locale: 'vi', fund, ...parts }) })
  if (!answer) return expect.unreachable(`nothing is taken at ${route}`)
  const to = answer.headers.get('location') ?? `status ${answer.status}`
  await answer.body?.cancel()
  const trail = await context.db
    .select({ outcome: staffAudit.outcome })
    .from(staffAudit)
    .where(and(gt(staffAudit.id, before?.id ?? 0n), eq(staffAudit.outcome, 'denied')))
  return { isDenied: trail.length > 0 || /not_allowed/.test(to) || answer.status === 403, to }
}

test('every address of the console has its line in these tables', () => {
  expect(Object.keys(PAGES).toSorted()).toEqual(ofFund(CONSOLE_PAGES).toSorted())
  expect(Object.keys(FORMS).toSorted()).toEqual(ofFund(CONSOLE_FORMS).toSorted())
})

describe.runIf(isHere)('a page', () => {
  test.each(Object.entries(PAGES))('%s: $may', async (within, { may, parts = () => ({}) }) => {
    const route = `${OF_FUND}${within}`
    const open = []
    for (const letter of LETTERS) {
      const status = await read(route, letter, parts(world))
      if (status === 200) open.push(letter)
      else expect([403, 404], letter).toContain(status)
    }
    expect(open.join('')).toBe([...LETTERS].filter((letter) => may.includes(letter)).join(''))
    // Nobody learns of a fund in which they have no role what it has, and its things are not shown in another fund's name.
    for (const letter of ['X', 'O']) expect(await read(route, letter, parts(world)), letter).toBe(404)
    if (within.includes('[')) expect(await read(route, 'X', parts(world), 'ninh-thuan')).toBe(404)
    const isFile = /\.xlsx$|\/(giay|goc|tep)\/|\/bieu-trung\/\[/.test(within)
    const nobody = await read(route, null, parts(world))
    if (isFile) expect(nobody).toBe(404)
    else expect(nobody).toMatch(/^\/quan-tri\/dang-nhap\?/)
  })
})

describe.runIf(isHere)('a form', () => {
  test.each(Object.entries(FORMS))('%s', async (within, { parts = () => ({}), deeds }) => {
    const route = `${OF_FUND}${within}`
    for (const { may, fields } of deeds) {
      const of = JSON.stringify(fields(world))
      // Those who may come last: what they do may leave nothing to be refused.
      const free = new Set<string>()
      for (const letter of [...LETTERS].toSorted((x, y) => Number(may.includes(x)) - Number(may.includes(y))))
        if (!(await post(route, letter, parts(world), fields(world))).isDenied) free.add(letter)
      expect([...LETTERS].filter((letter) => free.has(letter)).join(''), of).toBe(
        [...LETTERS].filter((letter) => may.includes(letter)).join(''),
      )
      for (const letter of ['X', 'O']) {
        const { isDenied, to } = await post(route, letter, parts(world), fields(world))
        expect(isDenied || to === '/quan-tri', `${letter}: ${to} ${of}`).toBe(true)
      }
      const nobody = await post(route, null, parts(world), fields(world))
      expect(nobody.to, of).toMatch(/^\/quan-tri\/dang-nhap\?|^status 401$/)
    }
  })

  test('that saves a draft while it is written answers both of two who write at once', async () => {
    const begun = await post(`${OF_FUND}/chien-dich/tao/gui`, 'E', {}, { need: world.publishedNeed, key: `${key}-hai` })
    const draft = begun.to.split('/').at(-1) ?? ''
    const save = (titleVi: string, own: string) =>
      post(`${OF_FUND}/chien-dich/soan/[draft]/luu`, 'E', { draft }, { viec: 'tu-luu', key: `${key}-${own}`, version: '1', titleVi })
    expect((await save('Một', 'mot')).to).toBe('status 200')
    expect((await save('Hai', 'hai')).to).toBe('status 200')
    expect((await getDraftDesk(context, Number(draft), 'vi'))?.apart).toMatchObject([{ content: { titleVi: 'Hai' } }])
  })

  test('does nothing to a fund’s things when it is sent in another fund’s name', async () => {
    for (const [within, { parts = () => ({}), deeds }] of Object.entries(FORMS))
      for (const { fields } of deeds) await post(`${OF_FUND}${within}`, 'X', parts(world), fields(world), 'ninh-thuan')
    const done = await context.db
      .select({ action: staffAudit.action, aboutKind: staffAudit.aboutKind, aboutId: staffAudit.aboutId })
      .from(staffAudit)
      .where(and(eq(staffAudit.staffId, 'nguoi-x'), eq(staffAudit.outcome, 'done')))
    // What is about a fund as a whole was done, to their own.
    expect(done.map(({ aboutKind, aboutId }) => `${aboutKind} ${aboutId}`).filter((about) => !/^fund \d+$/.test(about))).toEqual([])
    expect(done.filter(({ aboutKind, aboutId }) => aboutKind === 'fund' && aboutId === String(world.fundId))).toEqual([])
  })
})

describe.runIf(isHere)('what is looked for', () => {
  /** Kinds of what somebody finds, each of which leads to a page that is open to them. */
  async function found(letter: string, text: string): Promise<string> {
    const staff = await findStaff(context, people.get(letter) ?? expect.unreachable(letter), 'vi')
    const fund = staff?.funds.find(({ slug }) => slug === (letter === 'X' ? 'ninh-thuan' : 'ha-noi'))
    if (!staff || !fund) return expect.unreachable('no fund')
    const hits = await search(context, staff, { fund, text, locale: 'vi' })
    for (const { path } of hits) {
      const [, within = ''] = /^\/quan-tri\/ha-noi([^?#]*)$/.exec(path) ?? []
      if (within === '') {
        expect(path).toBe(`/theo-doi/${world.code}`)
        continue
      }
      const route = CONSOLE_PAGES.find((one) => new RegExp(`^${one.slice(OF_FUND.length).replaceAll(/\[\w+\]/g, '\\d+')}$`).test(within))
      const [, name] = /\[(\w+)\]$/.exec(route ?? '') ?? []
      expect(
        await read(route ?? '', letter, name === undefined ? {} : { [name]: within.split('/').at(-1) ?? '' }),
        `${letter}: ${path}`,
      ).toBe(200)
    }
    return [...new Set(hits.map(({ kind }) => kind))].join(' ')
  }

  test.each<[string, Record<string, string>]>([
    // A code, as a bank's memo has it in small letters.
    ['code', { E: 'gift', A: 'gift line', S: 'gift line', F: '' }],
    ['de cho', { A: 'line', D: 'line', E: '', F: '' }],
    ['30.000', { A: 'line', E: '' }],
    ['FT0', { A: '' }],
    ['pt1/2026', { A: 'receipt', D: 'receipt', E: '' }],
    // A spend by what it buys, without marks, and by the beginning of its supplier's name.
    ['mua ao', { E: 'spend', A: 'spend', F: 'spend', f: '' }],
    ['cua hang ma', { A: 'spend' }],
    ['diem truong', { E: 'delivery', F: 'delivery', f: '' }],
    ['sách vở', { E: 'need', F: 'need', f: '' }],
    ['áo ấm', { E: 'need campaign', F: 'need campaign', f: '' }],
    ['nguoi-d', { D: 'person', E: '' }],
    ['%', { D: '' }],
  ])('%s', async (text, expected) => {
    for (const [letter, kinds] of Object.entries(expected))
      expect(await found(letter, text === 'code' ? world.code.toLowerCase() : text), letter).toBe(kinds)
    expect(await found('X', text === 'code' ? world.code : text)).toBe('')
  })

  test('by number, whatever it is the number of', async () => {
    expect((await found('A', world.spend)).split(' ')).toEqual(expect.arrayContaining(['spend']))
    expect((await found('A', `#${world.line}`)).split(' ')).toEqual(expect.arrayContaining(['line']))
  })
})
