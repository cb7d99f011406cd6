import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as pictureForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/chien-dich/soan/[draft]/anh/route'
import { POST as decidePicture } from '../../app/[locale]/(staff)/quan-tri/[fund]/chien-dich/soan/[draft]/doi/route'
import { POST as pictureConsent } from '../../app/[locale]/(staff)/quan-tri/[fund]/chien-dich/soan/[draft]/dong-y/route'
import { POST as photoForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/anh/route'
import { POST as decideForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/doi/route'
import { POST as consentForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/dong-y/route'
import { POST as paperForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/giay/route'
import { GET as deskFile } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/tep/[name]/route'
import { POST as recordForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/moi/[spend]/gui/route'
import { campaigns, consents, deliveries, events, papers, photos, staffAudit } from '../../db/schema'
import { draftOfCampaign } from '../../lib/campaigns/draft'
import { listWaiting } from '../../lib/console/waiting'
import { serverContext } from '../../lib/context'
import { listToHandOver } from '../../lib/delivery/desk'
import { listDeskDeliveries } from '../../lib/delivery/desk-deliveries'
import { getDeskEvidence, getDeskPictures } from '../../lib/evidence/desk'
import { getDeliveryEvidence, listCampaignPictures } from '../../lib/evidence/queries'
import { findServed } from '../../lib/evidence/served'
import type { StaffSession } from '../../lib/staff/model'
import { findStaff } from '../../lib/staff/sessions'
import { cookieOfSession, sendForm } from '../factories/console'
import { makeHandedOver, type HandedOver } from '../factories/handed-over'
import { phonePhoto, scan } from '../factories/pictures'
import { makeFunds } from '../factories/site'
import { fundIdOf, makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'

const folder = testFolder()
let database: TestDatabase
let context: TestContext
let made: HandedOver
let fundId: number
let communeId: number
let campaignId: number
let keys = 0
const people: Record<string, StaffSession> = {}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: '2026-11-24T03:00:00Z' })
  const withStore = withFiles(context, folder)
  await makeFunds(context)
  made = await makeHandedOver(context, '2026-11-25')
  fundId = await fundIdOf(context, 'ha-noi')
  const [campaign] = await context.db.select({ id: campaigns.id, unitId: campaigns.unitId }).from(campaigns)
  communeId = campaign?.unitId ?? 0
  campaignId = campaign?.id ?? 0
  const add = async (
    id: string,
    role: 'field_officer' | 'accountant' | 'director' | 'auditor',
    more: { fund?: 'ninh-thuan'; communeIds?: number[] } = {},
  ) => {
    people[id] = (await makeStaff(context, { id, role, fund: more.fund ?? 'ha-noi', communeIds: more.communeIds ?? [] })).session
  }
  await add('can-bo', 'field_officer', { communeIds: [communeId] })
  await add('can-bo-xa-khac', 'field_officer', { communeIds: [communeId + 1] })
  await add('ke-toan', 'accountant')
  await add('kiem-soat', 'auditor')
  await add('nguoi-quy-khac', 'director', { fund: 'ninh-thuan' })
  serve(context, database, { files: withStore.files })
})
afterAll(async () => {
  await database.close()
  folder.remove()
})

const newKey = () => `key-${String((keys += 1)).padStart(16, '0')}`
const who = (id: string | null): StaffSession | null => (id === null ? null : (people[id] ?? expect.unreachable(`${id} works here`)))
const record = (id: string | null, fields: Record<string, string>, fund = 'ha-noi', spend = String(made.spendId)) =>
  sendForm(serverContext(), recordForm, who(id), { fund, spend }, { form: 'delivery', ...fields })
const onDelivery = (handler: typeof photoForm, id: string | null, fields: Record<string, string | Blob>, fund = 'ha-noi') =>
  sendForm(serverContext(), handler, who(id), { fund, delivery: String(made.deliveryId) }, fields)
const blob = (bytes: Buffer) => new Blob([new Uint8Array(bytes)])
const delivered = () => ({
  key: newKey(),
  deliveredOn: '2026-11-24',
  place: 'Điểm trường Ba Vì',
  'units-0': '2',
  children: '12',
  note: 'Đủ áo.',
})
const countDeliveries = async () => Number((await context.db.select({ count: sql`count(*)` }).from(deliveries))[0]?.count)
const waitingOf = async (id: string) => {
  const staff = (await findStaff(serverContext(), who(id) ?? expect.unreachable(), 'vi')) ?? expect.unreachable()
  const fund = staff.funds.find((one) => one.id === fundId) ?? expect.unreachable()
  return Object.fromEntries((await listWaiting(serverContext(), staff, fund)).map(({ key, count }) => [key, count]))
}

describe('recording a delivery', () => {
  test('sent twice it is one, and the same key with something else is refused', async () => {
    const before = await countDeliveries()
    const sent = delivered()
    const [first, second] = await Promise.all([record('can-bo', sent), record('can-bo', sent)])
    expect(first).toMatch(/^\/quan-tri\/ha-noi\/trao\/dot\/\d+\?xong=recorded$/)
    expect(second).toBe(first)
    expect(await countDeliveries()).toBe(before + 1)
    expect(await record('can-bo', { ...sent, place: 'Điểm trường khác' })).toMatch(/loi=told_otherwise$/)
    expect(await countDeliveries()).toBe(before + 1)
    const [row] = await context.db.select().from(deliveries).where(eq(deliveries.placeVi, sent.place))
    // Of a campaign's commune, and in Vietnamese where nothing was said in English.
    expect(row).toMatchObject({ unitId: communeId, placeEn: sent.place, noteEn: 'Đủ áo.', reportedBy: 'can-bo', children: 12 })
  })

  test.each([
    ['nobody who is signed in', null, 'ha-noi', /dang-nhap/],
    ['an officer of another commune', 'can-bo-xa-khac', 'ha-noi', /loi=not_allowed$/],
    ['an auditor', 'kiem-soat', 'ha-noi', /loi=not_allowed$/],
    ['an accountant', 'ke-toan', 'ha-noi', /loi=not_allowed$/],
    ['somebody of another fund', 'nguoi-quy-khac', 'ha-noi', /^\/quan-tri$/],
    ['somebody of another fund, in their own console', 'nguoi-quy-khac', 'ninh-thuan', /loi=not_allowed$/],
  ])('is refused to %s', async (_, id, fund, to) => {
    const before = await countDeliveries()
    expect(await record(id, delivered(), fund)).toMatch(to)
    expect(await countDeliveries()).toBe(before)
  })

  test.each([
    ['more than is left', { 'units-0': '9' }],
    ['no units', { 'units-0': '' }],
    ['a day to come', { deliveredOn: '2026-11-25' }],
    ['a class', { place: 'Lớp 3A, trường Ba Vì' }],
    ['a home', { note: 'Đưa đến nhà em ở cuối bản' }],
    ['no children', { children: '0' }],
  ])('comes back with what was typed: %s', async (_, wrong) => {
    const before = await countDeliveries()
    expect(await record('can-bo', { ...delivered(), ...wrong })).toBe(`/quan-tri/ha-noi/trao/moi/${made.spendId}?loi=o`)
    expect(await countDeliveries()).toBe(before)
  })

  test('is listed for the officers of its commune alone', async () => {
    const own = { fundId, communeIds: new Set([communeId]) }
    const other = { fundId, communeIds: new Set([communeId + 1]) }
    expect((await listToHandOver(context, own, 'vi')).map(({ items }) => items.map(({ left }) => left))).toEqual([[3]])
    expect(await listToHandOver(context, other, 'vi')).toEqual([])
    expect(await listDeskDeliveries(context, other, 'vi')).toEqual([])
    expect(await waitingOf('can-bo')).toMatchObject({ to_hand_over: 1, without_paper: 2 })
    expect(await waitingOf('can-bo-xa-khac')).toEqual({})
  })
})

describe('evidence of a delivery', () => {
  const consent = (id: string | null, key = newKey()) =>
    onDelivery(consentForm, id, {
      key,
      givenBy: 'school',
      givenHow: 'paper',
      paperNumber: '12/2026',
      givenOn: '2026-11-23',
      validUntil: '',
    })
  const consentId = async () => String((await context.db.select({ id: consents.id }).from(consents)).at(-1)?.id)
  const photosNow = () => context.db.select().from(photos)
  let picture: Buffer

  beforeAll(async () => {
    picture = await phonePhoto({ width: 400, height: 300 })
  })

  test('a photo needs a consent, is one however often it is sent, and is shown by a second person', async () => {
    const key = newKey()
    await consent('can-bo', key)
    expect(await consent('can-bo', key)).toMatch(/xong=consented$/)
    expect(await context.db.select().from(consents)).toHaveLength(1)
    const fields = { key: newKey(), consentId: await consentId(), alt: 'Áo trên giá', altEn: '', photo: blob(picture) }
    expect(await onDelivery(photoForm, 'can-bo-xa-khac', fields)).toMatch(/loi=not_allowed$/)
    expect(await onDelivery(photoForm, 'kiem-soat', fields)).toMatch(/loi=not_allowed$/)
    expect(await onDelivery(photoForm, 'nguoi-quy-khac', fields, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
    expect(await onDelivery(photoForm, null, fields)).toMatch(/dang-nhap/)
    expect(await photosNow()).toEqual([])
    for (let times = 0; times < 2; times++) expect(await onDelivery(photoForm, 'can-bo', fields)).toMatch(/xong=photo$/)
    // The same form with another photo is another: nothing that was chosen is dropped.
    await onDelivery(photoForm, 'can-bo', { ...fields, photo: blob(await phonePhoto({ width: 420, height: 300 })) })
    expect(await photosNow()).toHaveLength(2)

    const [photo] = await photosNow()
    const id = String(photo?.id)
    expect(await waitingOf('ke-toan')).toMatchObject({ to_release: 2 })
    expect(await onDelivery(decideForm, 'can-bo', { releasePhoto: id })).toMatch(/loi=not_allowed$/)
    expect(await onDelivery(decideForm, 'nguoi-quy-khac', { releasePhoto: id }, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
    // A director as well from now on, and still one person: what they added themselves another releases.
    await makeStaff(context, { id: 'can-bo', role: 'director', fund: 'ha-noi' })
    expect(await onDelivery(decideForm, 'can-bo', { releasePhoto: id })).toMatch(/loi=same_person$/)
    expect((await waitingOf('can-bo'))['to_release']).toBeUndefined()
    expect(await onDelivery(decideForm, 'ke-toan', { releasePhoto: id })).toMatch(/xong=released$/)
    expect(await onDelivery(decideForm, 'ke-toan', { releasePhoto: id })).toMatch(/loi=decided_already$/)
    expect((await getDeliveryEvidence(context, made.deliverySlug, 'vi'))?.photos.map(({ alt }) => alt)).toEqual(['Áo trên giá'])
    const trail = await context.db
      .select()
      .from(staffAudit)
      .where(and(eq(staffAudit.action, 'evidence.release'), eq(staffAudit.outcome, 'done')))
    expect(trail.map(({ staffId, aboutKind, aboutId }) => [staffId, aboutKind, aboutId])).toEqual([['ke-toan', 'photo', id]])
  })

  test('what waits can be looked at by the fund’s people, and by nobody else', async () => {
    const waiting = (await getDeskEvidence(context, made.deliveryId, 'vi')).photos.find(({ state }) => state === 'waiting')
    const look = async (id: string | null, fund = 'ha-noi') => {
      const session = who(id)
      const headers: Record<string, string> = session ? { cookie: await cookieOfSession(serverContext(), session) } : {}
      const params = { locale: 'vi', fund, delivery: String(made.deliveryId), name: waiting?.file ?? '' }
      return deskFile(new Request('https://example.org/quan-tri', { headers }), { params: Promise.resolve(params) })
    }
    const seen = await look('ke-toan')
    expect([seen.status, seen.headers.get('content-type'), seen.headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      'private, no-store',
    ])
    expect(
      (await Promise.all([look(null), look('can-bo-xa-khac'), look('nguoi-quy-khac'), look('nguoi-quy-khac', 'ninh-thuan')])).map(
        ({ status }) => status,
      ),
    ).toEqual([404, 404, 404, 404])
  })

  test('a consent that is withdrawn takes its photos and their bytes with it', async () => {
    const { photos: before } = await getDeskEvidence(context, made.deliveryId, 'vi')
    expect(await onDelivery(decideForm, 'ke-toan', { endConsent: await consentId() })).toMatch(/xong=ended$/)
    expect((await getDeskEvidence(context, made.deliveryId, 'vi')).photos.map(({ state, file }) => [state, file])).toEqual([
      ['withdrawn', null],
      ['withdrawn', null],
    ])
    for (const { file } of before) expect(await serverContext().files.get(`shown/${(file ?? '').slice(0, 64)}`)).toBeNull()
    const late = { key: newKey(), consentId: await consentId(), alt: 'Áo', altEn: '', photo: blob(picture) }
    expect(await onDelivery(photoForm, 'can-bo', late)).toMatch(/loi=o$/)
  })

  test('a paper is one, waits for a second person, and is withdrawn for a reason that is said', async () => {
    const files = { original: blob(await scan(90)), copy: blob(await scan(200)) }
    const fields = { key: newKey(), kind: 'handover', datedOn: '2026-11-23', ...files }
    expect(await onDelivery(paperForm, 'can-bo', { ...fields, original: files.copy })).toMatch(/loi=o$/)
    for (let times = 0; times < 2; times++) expect(await onDelivery(paperForm, 'can-bo', fields)).toMatch(/xong=paper$/)
    const rows = await context.db.select().from(papers)
    expect(rows).toHaveLength(1)
    const id = String(rows[0]?.id)
    expect(await waitingOf('can-bo')).toMatchObject({ without_paper: 1 })
    expect(await onDelivery(decideForm, 'ke-toan', { releasePaper: id })).toMatch(/xong=released$/)
    expect((await context.db.select().from(papers))[0]).toMatchObject({ releasedBy: 'ke-toan', releasedAs: 'accountant' })
    expect((await listDeskDeliveries(context, { fundId, communeIds: 'all' }, 'vi')).map(({ isProved }) => isProved)).toEqual([false, true])
    expect(await onDelivery(decideForm, 'can-bo', { withdrawPaper: id, reason: '' })).toMatch(/loi=o$/)
    expect(await onDelivery(decideForm, 'can-bo', { withdrawPaper: id, reason: 'Còn sót một tên.' })).toMatch(/xong=withdrawn$/)
    expect((await context.db.select().from(papers))[0]).toMatchObject({
      reasonVi: 'Còn sót một tên.',
      reasonEn: 'Còn sót một tên.',
      withdrawnBy: 'can-bo',
    })
  })
})

describe('pictures of a campaign', () => {
  test('a drawing needs no consent, a photo does, and both need a second person', async () => {
    const draftId = (await draftOfCampaign(context, { campaignId, by: 'an' })) ?? 0
    await makeStaff(context, { id: 'giam-doc', role: 'director', fund: 'ha-noi' }).then(({ session }) => (people['giam-doc'] = session))
    await makeStaff(context, { id: 'bien-tap', role: 'editor', fund: 'ha-noi' }).then(({ session }) => (people['bien-tap'] = session))
    await makeStaff(context, { id: 'bien-tap', role: 'director', fund: 'ha-noi' })
    const onDraft = (handler: typeof pictureForm, id: string | null, fields: Record<string, string | Blob>, fund = 'ha-noi') =>
      sendForm(serverContext(), handler, who(id), { fund, draft: String(draftId) }, fields)
    const shown = () => listCampaignPictures(context, made.campaignSlug, 'vi')
    const photo = blob(await phonePhoto({ width: 640, height: 480 }))
    const drawing = { form: 'photo', key: newKey(), consentId: 'drawn', alt: 'Tranh sáu chiếc áo', altEn: 'Six coats, drawn', photo }
    for (const [id, fund] of [
      ['kiem-soat', 'ha-noi'],
      ['can-bo-xa-khac', 'ha-noi'],
      ['nguoi-quy-khac', 'ninh-thuan'],
    ] as const)
      expect(await onDraft(pictureForm, id, drawing, fund)).toMatch(/loi=not_allowed$/)
    expect(await onDraft(pictureForm, null, drawing)).toMatch(/dang-nhap/)
    // What is to be seen is said in both languages.
    expect(await onDraft(pictureForm, 'bien-tap', { ...drawing, altEn: '' })).toMatch(/loi=o$/)
    for (let times = 0; times < 2; times++) expect(await onDraft(pictureForm, 'bien-tap', drawing)).toMatch(/xong=photo#anh$/)
    const [added] = (await getDeskPictures(context, draftId, 'vi')).photos
    const id = added?.key ?? ''
    const file = added?.file ?? ''
    expect(await waitingOf('giam-doc')).toMatchObject({ pictures: 1 })
    expect(await onDraft(decidePicture, 'bien-tap', { releasePhoto: id })).toMatch(/loi=same_person$/)
    expect(await onDraft(decidePicture, 'nguoi-quy-khac', { releasePhoto: id }, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
    expect((await findServed(serverContext(), file)).kind).toBe('unknown')
    expect(await onDraft(decidePicture, 'giam-doc', { releasePhoto: id })).toMatch(/xong=released#anh$/)
    expect((await shown()).map(({ alt }) => alt)).toEqual(['Tranh sáu chiếc áo'])
    expect((await findServed(serverContext(), file)).kind).toBe('shown')

    // A photo rests on a consent to this campaign's pictures, and on no other.
    const other = String((await context.db.select({ id: consents.id }).from(consents)).at(0)?.id)
    const taken = { ...drawing, key: newKey(), photo: blob(await phonePhoto({ width: 660, height: 480 })), consentId: other }
    expect(await onDraft(pictureForm, 'bien-tap', taken)).toMatch(/loi=o$/)
    const given = { key: newKey(), givenBy: 'school', givenHow: 'paper', paperNumber: '30/2026', givenOn: '2026-11-23', validUntil: '' }
    expect(await onDraft(pictureConsent, 'bien-tap', given)).toMatch(/xong=consented#anh$/)
    const own = (await getDeskPictures(context, draftId, 'vi')).consents.at(-1)?.key ?? ''
    expect(await onDraft(pictureForm, 'bien-tap', { ...taken, consentId: own })).toMatch(/xong=photo#anh$/)
    const second = (await getDeskPictures(context, draftId, 'vi')).photos.at(-1)?.key ?? ''
    await onDraft(decidePicture, 'giam-doc', { releasePhoto: second })
    expect(await shown()).toHaveLength(2)
    expect(await onDraft(decidePicture, 'bien-tap', { endConsent: own })).toMatch(/xong=ended#anh$/)
    expect((await shown()).map(({ alt, key }) => [key, alt])).toEqual([[id, 'Tranh sáu chiếc áo']])
    const told = await context.db
      .select({ facts: events.facts, kind: events.kind })
      .from(events)
      .where(sql`${events.facts} ? 'campaign' and ${events.kind} like 'photo%'`)
    expect(told.map(({ kind, facts }) => [kind, facts['campaign']])).toEqual([
      ['photo', made.campaignSlug],
      ['photo', made.campaignSlug],
      ['photo_withdrawn', made.campaignSlug],
    ])
  })
})
