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
import { makeConsoleWorld, type ConsoleWorld } from '../factories/console-world'
import { makeFunds } from '../factories/site'
import { makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'

/**
 * Who gets through each address of a fund's console, by letters: E editor, A accountant, D director, F field officer of
 * the commune, f field officer of another commune, S auditor. An address that is not in the tables fails the test: say
 * here who may, before it is served.
 */
const PAGES: Record<string, { may: string; parts?: (world: ConsoleWorld) => Record<string, string> }> = {
  '': { may: 'EADFfS' },
  '/tim': { may: 'EADFfS' },
  '/ngan-hang': { may: 'ADS' },
  '/ngan-hang/quy-tac': { may: 'ADS' },
  '/ngan-hang/chua-ro': { may: 'ADS' },
  '/ngan-hang/[line]': { may: 'ADS', parts: ({ line }) => ({ line }) },
  '/ngay': { may: 'ADS' },
  '/nhu-cau': { may: 'EADFfS' },
  '/nhu-cau/bao': { may: 'EFf' },
  '/nhu-cau/nhap': { may: 'EFf' },
  '/nhu-cau/[need]': { may: 'EADFS', parts: ({ need }) => ({ need }) },
  '/nhu-cau/nhap/mau.xlsx': { may: 'EFf' },
  '/nhu-cau/nhap/[sheet]': { may: 'E', parts: ({ sheet }) => ({ sheet }) },
  '/nhu-cau/[need]/giay/[paper]': { may: 'EADFS', parts: ({ need, needPaper }) => ({ need, paper: needPaper }) },
  '/chien-dich': { may: 'EADFfS' },
  '/chien-dich/[id]': { may: 'EADFS', parts: ({ campaign }) => ({ id: campaign }) },
  '/chien-dich/soan/[draft]': { may: 'EADFS', parts: ({ draft }) => ({ draft }) },
  '/chien-dich/soan/[draft]/xem': { may: 'EADFS', parts: ({ draft }) => ({ draft }) },
  '/chien-dich/soan/[draft]/tep/[name]': { may: 'EADFS', parts: ({ draft, picture }) => ({ draft, name: `${picture}.jpg` }) },
  '/hoan-tien': { may: 'ADS' },
  '/chi': { may: 'EADFfS' },
  '/chi/moi': { may: 'A' },
  '/chi/du-toan': { may: 'EADFfS' },
  '/chi/[number]': { may: 'EADFS', parts: ({ spend }) => ({ number: spend }) },
  '/hien-vat': { may: 'EADS' },
  '/hien-vat/moi': { may: 'EA' },
  '/hien-vat/[code]': { may: 'EADS', parts: ({ goods }) => ({ code: goods }) },
  '/cam-ket': { may: 'EADS' },
  '/cam-ket/[code]': { may: 'EADS', parts: ({ code }) => ({ code }) },
  '/tien-mat': { may: 'ADS' },
  '/tien-mat/moi': { may: 'A' },
  '/tien-mat/phieu/[receipt]': { may: 'ADS', parts: ({ receipt }) => ({ receipt }) },
  '/chi/[number]/goc/[paper]': { may: 'ADS', parts: ({ spend, spendPaper }) => ({ number: spend, paper: spendPaper }) },
  '/chi/[number]/tep/[name]': { may: 'EADFS', parts: ({ spend, file }) => ({ number: spend, name: `${file}.jpg` }) },
  '/bieu-trung': { may: 'EADS' },
  '/bieu-trung/[logo]': { may: 'EADS', parts: ({ logo }) => ({ logo }) },
  '/nguoi': { may: 'ADS' },
  '/nhat-ky': { may: 'DS' },
  '/tai-khoan': { may: 'ADS' },
  '/xuat': { may: 'ADS' },
  '/cai-dat': { may: 'D' },
  '/trao': { may: 'EADFfS' },
  '/trao/moi/[spend]': { may: 'EF', parts: ({ spend }) => ({ spend }) },
  '/trao/dot/[delivery]': { may: 'EADFS', parts: ({ delivery }) => ({ delivery }) },
  '/trao/dot/[delivery]/tep/[name]': { may: 'EADFS', parts: ({ delivery, file }) => ({ delivery, name: `${file}.jpg` }) },
  '/sao-ke': { may: 'ADS' },
  '/sao-ke/[file]': { may: 'ADS', parts: ({ statement }) => ({ file: statement }) },
}

type Fields = Record<string, string | Blob>
interface Form {
  parts?: (world: ConsoleWorld) => Record<string, string>
  /** What is posted: for each deed of the form, who may, and fields that are whole enough for the rules to be asked. */
  deeds: { may: string; fields: (world: ConsoleWorld) => Fields }[]
}

const key = 'khoa-cua-bieu-mau-thu-mot-hai-ba'
const formKey = key
const both = { reasonVi: 'Thử', reasonEn: 'Test', reason: 'Thử', reasonEn2: 'Test' }
const figures = { children: '9', quantity: '9', amount: '900.000', priority: '', note: '' }
const file = new File(['a,b\n'], 'a.csv')
const steps = (may: string, words: readonly string[], more: Fields = {}) =>
  words.map((viec) => ({ may, fields: () => ({ viec, key, version: '1', ...both, ...figures, ...more }) }))
const one = (may: string, fields: (world: ConsoleWorld) => Fields = () => ({})) => [{ may, fields }]

const FORMS: Record<string, Form> = {
  '/ngan-hang/ghi': {
    deeds: [
      ...one('A', ({ line, seen }) => ({ dong: line, la: 'general', thay: seen, 'vi-sao': 'thử', key })),
      ...one('A', ({ line, seen }) => ({ dong: line, la: 'interest', thay: seen, 'vi-sao': 'thử', key })),
    ],
  },
  '/ngan-hang/hoan-tac': { deeds: one('A', ({ decision }) => ({ viec: decision })) },
  '/ngan-hang/chua-ro/ghi': {
    deeds: one('A', ({ unread }) => ({ muc: `tin-${unread}`, la: 'no_money', thay: '0', 'vi-sao': 'thử', key })),
  },
  '/ngan-hang/chua-ro/hoan-tac': { deeds: one('A', ({ unreadDecision }) => ({ viec: unreadDecision })) },
  '/ngan-hang/quy-tac/them': { deeds: one('A', () => ({ chu: 'phi', la: 'fee', chieu: 'out', tu: '1', den: '10', key })) },
  '/ngan-hang/quy-tac/ghi': { deeds: one('A', ({ rule }) => ({ 'quy-tac': rule, key })) },
  '/ngan-hang/quy-tac/bo': { deeds: one('A', ({ spareRule }) => ({ 'quy-tac': spareRule })) },
  '/ngay/chot': { deeds: one('A', ({ account }) => ({ tk: account, ngay: '2026-11-23', dau: '0', cuoi: '0' })) },
  '/nhu-cau/bao/gui': {
    deeds: one('EF', ({ programmeSlug, communeId }) => ({
      key,
      ct: programmeSlug,
      nam: '2026',
      xa: String(communeId),
      nhom: 'sach-vo',
      ...figures,
    })),
  },
  '/nhu-cau/dot/luu': {
    deeds: [
      ...one('ED', ({ programmeSlug }) => ({ ct: programmeSlug, nam: '2026', dueOn: '2026-12-30' })),
      ...one('EF', ({ round, communeId }) => ({ round, nothing: String(communeId) })),
    ],
  },
  '/nhu-cau/nhap/tep/gui': { deeds: one('EFf', ({ programmeSlug }) => ({ key, ct: programmeSlug, nam: '2026', tep: file })) },
  '/nhu-cau/nhap/[sheet]/doi': {
    parts: ({ sheet }) => ({ sheet }),
    // Of an officer their own sheets alone, whoever else brought it being unknown.
    deeds: [...one('EFf', () => ({ shown: '' })), ...one('EFf', () => ({ viec: 'bo' }))],
  },
  '/nhu-cau/[need]/doi/gui': {
    parts: ({ need }) => ({ need }),
    deeds: [...steps('E', ['kiem', 'sua', 'gop', 'nguon', 'bo-nguon', 'tu-choi']), ...steps('ED', ['cong-bo'])],
  },
  '/nhu-cau/[need]/giay/them/gui': {
    parts: ({ need }) => ({ need }),
    deeds: one('EF', () => ({ key, tep: new File(['%PDF-1.7 giấy'], 'a.pdf') })),
  },
  '/chien-dich/tao/gui': { deeds: one('E', ({ publishedNeed }) => ({ need: publishedNeed, key })) },
  '/chien-dich/[id]/soan': { parts: ({ campaign }) => ({ id: campaign }), deeds: one('E') },
  '/chien-dich/[id]/doi': {
    parts: ({ campaign }) => ({ id: campaign }),
    deeds: steps('D', ['duyet', 'tra', 'dung', 'nhan-lai', 'lui', 'ten', 'dong', 'trao', 'xong']),
  },
  '/chien-dich/soan/[draft]/luu': {
    parts: ({ draft }) => ({ draft }),
    deeds: [
      ...steps('E', ['luu', 'gui', 'tu-luu', 'cat']),
      ...steps('D', ['cho'], { beyondVnd: '1', beyondReason: 'thử' }),
      ...steps('E', ['bo']),
    ],
  },
  '/chien-dich/soan/[draft]/dong-y': {
    parts: ({ draft }) => ({ draft }),
    deeds: one('EAF', () => ({ key, givenBy: 'school', givenHow: 'paper', paperNumber: '3', givenOn: '2026-11-23' })),
  },
  '/chien-dich/soan/[draft]/anh': {
    parts: ({ draft }) => ({ draft }),
    deeds: one('EAF', () => ({ key, consentId: 'drawn', alt: 'Tranh', altEn: 'A drawing' })),
  },
  '/chien-dich/soan/[draft]/doi': {
    parts: ({ draft }) => ({ draft }),
    deeds: [
      ...one('AD', ({ photo }) => ({ releasePhoto: photo })),
      ...one('EADF', ({ photo }) => ({ withdrawPhoto: photo })),
      ...one('EADF', ({ draftConsent }) => ({ endConsent: draftConsent })),
    ],
  },
  '/hoan-tien/xin': { deeds: one('A', ({ code, gift }) => ({ ma: code, khoan: gift, 'ly-do': 'other', tien: '1', key })) },
  '/hoan-tien/quyet': {
    deeds: ['approve', 'reject', 'withdraw'].flatMap((verb) => one('D', ({ refund }) => ({ viec: `${verb} ${refund}` }))),
  },
  '/chi/moi/gui': {
    deeds: one('A', ({ campaignSlug }) => ({
      ...{ campaign: campaignSlug, formKey, titleVi: 'Thử', titleEn: 'Test', supplier: 'Mẫu', dueOn: '2026-12-25', 'units-0': '1' },
    })),
  },
  '/chi/du-toan/de-nghi': {
    deeds: one('A', ({ campaignSlug }) => ({ campaign: campaignSlug, formKey, position: '0', quantity: '30', ...both })),
  },
  '/chi/du-toan/quyet': {
    deeds: [...one('D', ({ change }) => ({ rejected: change })), ...one('D', ({ change }) => ({ approved: change }))],
  },
  '/chi/[number]/quyet': {
    parts: ({ requestedSpend }) => ({ number: requestedSpend }),
    deeds: [
      ...['approve', 'reject'].flatMap((decision) => one('D', () => ({ decision, ...both }))),
      ...one('A', () => ({ decision: 'settle' })),
      ...one('AD', () => ({ decision: 'cancel', ...both })),
    ],
  },
  '/hien-vat/moi/gui': {
    deeds: one('EA', ({ campaignSlug }) => ({
      ...{ formKey, campaign: campaignSlug, nature: 'goods', 'units-0': '1', 'condition-0': 'new', receivedOn: '2026-11-24' },
      ...{ standard: 'yes', name: '', showName: 'no' },
    })),
  },
  '/hien-vat/[code]/viec': {
    parts: ({ goods }) => ({ code: goods }),
    deeds: [
      ...one('EA', () => ({ viec: 'receive', formKey, 'units-0': '1', 'condition-0': 'new', receivedOn: '2026-11-24', standard: 'yes' })),
      ...one('EA', () => ({ viec: 'refuse', 'ly-do': 'not_needed' })),
    ],
  },
  '/cam-ket/xem-chu': { deeds: one('ED', ({ code }) => ({ viec: `shown ${code} name ${'0'.repeat(64)}` })) },
  '/cam-ket/[code]/viec': {
    parts: ({ code }) => ({ code }),
    deeds: [
      ...one('EA', () => ({ viec: 'name', seen: '', name: 'Hoa', showName: 'no' })),
      ...one('EA', () => ({ viec: 'extend', seen: '', until: '2026-12-24' })),
      ...one('EA', () => ({ viec: 'cancel', seen: '' })),
      ...one('EA', () => ({ viec: 'letter', formKey, kind: 'reminder', words: '' })),
    ],
  },
  '/tien-mat/moi/gui': {
    deeds: one('A', () => ({ formKey, kind: 'cash', amount: '10.000', receivedOn: '2026-11-24', campaign: '', name: '', showName: 'no' })),
  },
  '/tien-mat/nop': { deeds: one('A', ({ account }) => ({ formKey, account, amount: '1.000', takenOn: '2026-11-24', slip: '' })) },
  '/tien-mat/viec': {
    deeds: [
      ...one('D', ({ reversal }) => ({ viec: `reject ${reversal}` })),
      ...one('D', ({ reversal }) => ({ viec: `approve ${reversal}` })),
      ...one('A', ({ deposit }) => ({ viec: `withdraw ${deposit}` })),
    ],
  },
  '/tien-mat/phieu/[receipt]/viec': {
    parts: ({ receipt }) => ({ receipt }),
    deeds: [...one('A', () => ({ viec: 'ask', 'ly-do': 'wrong_amount' })), ...one('A', () => ({ viec: 'return', 'ly-do': 'stopped' }))],
  },
  '/chi/[number]/giay': {
    parts: ({ spend }) => ({ number: spend }),
    deeds: [
      ...one('EAF', () => ({ form: 'paper', key, kind: 'quotation', datedOn: '2026-11-23' })),
      ...one('EAF', ({ spendPaper }) => ({ form: `copy-${spendPaper}` })),
    ],
  },
  '/chi/[number]/doi': {
    parts: ({ spend }) => ({ number: spend }),
    deeds: [
      ...one('AD', ({ spendPaper }) => ({ releasePaper: spendPaper })),
      ...one('EADF', ({ spendPaper }) => ({ withdrawPaper: spendPaper, ...both })),
    ],
  },
  '/chi/[number]/tam-ung': {
    parts: ({ advancedSpend }) => ({ number: advancedSpend }),
    deeds: [
      ...one('A', () => ({ form: 'advance', formKey, amount: '1', heldBy: 'nguoi-tam', dueOn: '2026-12-25' })),
      ...one('A', ({ advance }) => ({ form: `settle-${advance}`, formKey, amount: '1', on: '2026-11-23' })),
      ...one('A', ({ advance }) => ({ drop: advance })),
    ],
  },
  '/bieu-trung/them': { deeds: one('E', () => ({ form: 'logo', key, organisation: '1' })) },
  '/bieu-trung/doi': { deeds: [...one('D', ({ logo }) => ({ release: logo })), ...one('ED', ({ logo }) => ({ withdraw: logo }))] },
  '/nguoi/chi-dinh': { deeds: one('D', () => ({ email: 'moi@example.com', name: 'Mới', role: 'editor', locale: 'vi' })) },
  '/nguoi/doi': {
    deeds: [
      ...one('D', ({ role }) => ({ confirm: role })),
      ...one('AD', ({ role }) => ({ withdraw: role })),
      ...one('D', ({ role }) => ({ end: role })),
    ],
  },
  '/tai-khoan/de-nghi': {
    deeds: one('AD', () => ({
      ...{ alias: 'Mới', bankName: 'Mẫu', bankBin: '999901', accountNumber: '123456789', again: '123456789', accountName: 'QUY' },
    })),
  },
  '/tai-khoan/thoi-dung': { deeds: one('AD', ({ account }) => ({ retire: account })) },
  '/tai-khoan/rut-lai': { deeds: one('AD', ({ account }) => ({ withdraw: `account ${account}` })) },
  '/tai-khoan/duyet': {
    deeds: [
      ...one('D', ({ proposedAccount }) => ({ approve: proposedAccount })),
      ...one('D', ({ account }) => ({ 'approve-retirement': account })),
    ],
  },
  '/cai-dat/luu': { deeds: one('D', () => ({ appointment: '8', account: '8' })) },
  '/xuat/[table]': {
    parts: () => ({ table: 'gifts' }),
    deeds: one('ADS', () => ({ dang: 'csv' })),
  },
  '/trao/moi/[spend]/gui': {
    parts: ({ spend }) => ({ spend }),
    deeds: one('EF', () => ({ form: 'delivery', key, deliveredOn: '2026-11-23', place: 'Trường', children: '9', 'units-0': '1' })),
  },
  '/trao/dot/[delivery]/dong-y': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: one('EAF', () => ({ key, givenBy: 'school', givenHow: 'paper', paperNumber: '2', givenOn: '2026-11-23' })),
  },
  '/trao/dot/[delivery]/anh': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: one('EAF', ({ consent }) => ({ key, consentId: consent, alt: 'Áo mới' })),
  },
  '/trao/dot/[delivery]/giay': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: one('EAF', () => ({ key, kind: 'handover', datedOn: '2026-11-23' })),
  },
  '/trao/dot/[delivery]/doi': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: [
      ...one('AD', ({ paper }) => ({ releasePaper: paper })),
      ...one('EADF', ({ paper }) => ({ withdrawPaper: paper, ...both })),
      ...one('EADF', ({ consent }) => ({ endConsent: consent })),
    ],
  },
  '/trao/dot/[delivery]/tai-len': { parts: ({ delivery }) => ({ delivery }), deeds: one('EAF') },
  '/sao-ke/moi/gui': { deeds: one('A', ({ account }) => ({ account, key: 'a'.repeat(32), tep: file })) },
  '/sao-ke/[file]/cot': { parts: ({ statement }) => ({ file: statement }), deeds: one('A', ({ account }) => ({ account })) },
  '/sao-ke/[file]/nhan': { parts: ({ statement }) => ({ file: statement }), deeds: one('A') },
  '/sao-ke/[file]/bo': { parts: ({ statement }) => ({ file: statement }), deeds: one('A') },
}

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
