import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET } from '../../app/tep/[name]/route'
import { events, files, papers, photoFiles, photos } from '../../db/schema'
import type { FileContext } from '../../lib/context'
import { recordConsent, withdrawConsent } from '../../lib/evidence/consents'
import type { DeliveryEvidence } from '../../lib/evidence/model'
import { addPaper, releasePaper, withdrawPaper } from '../../lib/evidence/papers'
import { addPhoto, releasePhoto, withdrawPhoto } from '../../lib/evidence/photos'
import { getDeliveryEvidence, listCampaignPapers } from '../../lib/evidence/queries'
import { sweepFiles } from '../../lib/evidence/sweep'
import { commitBytes } from '../../lib/events/commitment'
import { nameIn, sha256 } from '../../lib/files/digest'
import { keepFile } from '../../lib/files/keep'
import { lookUpPaper } from '../../lib/receipts/look'
import { tellPaper } from '../../lib/receipts/tell'
import { getTellTexts } from '../../lib/receipts/tell-texts'
import { getTrust } from '../../lib/receipts/trust'
import { sequencePending } from '../../lib/sequencer/sequence'
import { makeHandedOver, type HandedOver } from '../factories/handed-over'
import { phonePhoto, scan } from '../factories/pictures'
import { publishAll, publishingOf } from '../factories/public-log'
import { makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'
import { memoryVault } from '../setup/vault'

const NOW = '2026-11-24T03:00:00Z'
const DAY_MS = 24 * 60 * 60_000
const folder = testFolder()
const vault = memoryVault()
let database: TestDatabase
let clock: TestContext
let context: FileContext
let made: HandedOver
let photo: Buffer
let keys = 0

beforeAll(async () => {
  database = await testDatabase()
  clock = testContext(database.handle, { now: NOW })
  context = withFiles(clock, folder)
  await makeFunds(context)
  made = await makeHandedOver(context, '2026-11-25')
  photo = await phonePhoto({ width: 500, height: 400 })
  serve(clock, database, { files: context.files })
})
afterAll(async () => {
  await database.close()
  folder.remove()
})
beforeEach(() => clock.setNow(NOW))

const consent = async (validUntil: string | null = null): Promise<bigint> => {
  const given = { givenBy: 'school' as const, givenHow: 'paper' as const, paperNumber: '12/2026', givenOn: '2026-11-23', validUntil }
  const wish = { deliverySlug: made.deliverySlug, ...given, by: 'an', key: `consent-${keys++}` }
  return value(await recordConsent(context, wish)).consentId
}

const add = (consentId: bigint, bytes: Uint8Array = photo, key = `photo-${keys++}`) =>
  addPhoto(context, { consentId, bytes, altVi: 'Áo trên giá', altEn: 'Coats on a rack', by: 'an', key })

/** A photo that is shown. */
const shown = async (consentId: bigint, bytes: Uint8Array = photo): Promise<bigint> => {
  const { photoId } = value(await add(consentId, bytes))
  value(await releasePhoto(context, { photoId, by: 'binh' }))
  return photoId
}

const evidence = async (): Promise<DeliveryEvidence> =>
  (await getDeliveryEvidence(context, made.deliverySlug, 'vi')) ?? expect.unreachable('the delivery has a page')

const namesOf = async (photoId: bigint): Promise<string[]> =>
  (await context.db.select({ file: photoFiles.file }).from(photoFiles).where(eq(photoFiles.photoId, photoId))).map(({ file }) => file)

const ask = (path: string) => {
  const name = path.split('/').at(-1) ?? ''
  return GET(new Request(`https://example.org/tep/${name}`), { params: Promise.resolve({ name }) })
}

const pathOf = async (photoId: bigint): Promise<string> => {
  const [name = ''] = (await namesOf(photoId)).sort()
  const [file] = await context.db.select({ type: files.type }).from(files).where(eq(files.name, name))
  return `/tep/${name.split('/')[1]}.${file?.type === 'image/jpeg' ? 'jpg' : file?.type.split('/')[1]}`
}

describe('a photo', () => {
  test('is shown when a second person released it, and its bytes can be fetched only then', async () => {
    const consentId = await consent()
    const { photoId } = value(await add(consentId))
    const path = await pathOf(photoId)
    expect((await evidence()).photos).toEqual([])
    expect((await ask(path)).status).toBe(404)
    expect(await releasePhoto(context, { photoId, by: 'an' })).toEqual({ ok: false, refusal: 'same_person' })
    value(await releasePhoto(context, { photoId, by: 'binh' }))
    expect(await releasePhoto(context, { photoId, by: 'binh' })).toEqual({ ok: false, refusal: 'decided_already' })

    const [view] = (await evidence()).photos
    expect(view).toMatchObject({ alt: 'Áo trên giá', width: 400, height: 500 })
    for (const [format, type] of [
      ['avif', 'image/avif'],
      ['webp', 'image/webp'],
      ['jpeg', 'image/jpeg'],
    ] as const) {
      const answer = await ask(view?.forms[format][0]?.path ?? '')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
      expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
      expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(view?.forms[format][0]?.path.slice(5, 69))
    }
    // The right bytes under a wrong ending are another address, and a path leads nowhere.
    expect((await ask(path.replace(/\.\w+$/, '.pdf'))).status).toBe(404)
    expect((await ask('/tep/../../kept')).status).toBe(404)
    value(await withdrawConsent(context, { consentId, by: 'an' }))
  })

  test('is told in an event that says nothing about it once it is withdrawn', async () => {
    const consentId = await consent()
    const photoId = await shown(consentId)
    const [before] = await context.db.select().from(photos).where(eq(photos.id, photoId))
    value(await withdrawPhoto(context, { photoId, by: 'chi' }))
    const [after] = await context.db.select().from(photos).where(eq(photos.id, photoId))
    expect([before?.salt?.length, after?.salt]).toEqual([32, null])
    const told = await context.db
      .select({ kind: events.kind, facts: events.facts })
      .from(events)
      .where(sql`facts->>'photo' = ${before?.commitment ?? ''}`)
      .orderBy(events.id)
    expect(told.map(({ kind }) => kind)).toEqual(['photo', 'photo_withdrawn'])
    expect(told[0]?.facts).toEqual({ delivery: made.deliverySlug, photo: before?.commitment })
    expect(await withdrawPhoto(context, { photoId, by: 'chi' })).toEqual({ ok: false, refusal: 'withdrawn' })
  })

  test('goes with its consent: from the page, from its address, from the store and for ever', async () => {
    const consentId = await consent()
    const photoId = await shown(consentId)
    const { photoId: waiting } = value(await add(consentId, await phonePhoto({ width: 500, height: 400, tone: 60 })))
    const [path, names] = [await pathOf(photoId), await namesOf(photoId)]
    expect((await ask(path)).status).toBe(200)
    value(await withdrawConsent(context, { consentId, by: 'chi' }))

    expect(await evidence()).toMatchObject({ photos: [], hasWithdrawnPhotos: true })
    expect((await ask(path)).status).toBe(410)
    expect((await ask(await pathOf(waiting))).status).toBe(404)
    for (const name of [...names, ...(await namesOf(waiting))]) expect(await context.files.get(nameIn(name))).toBeNull()
    expect(await releasePhoto(context, { photoId: waiting, by: 'binh' })).toEqual({ ok: false, refusal: 'withdrawn' })
    expect(await add(consentId)).toEqual({ ok: false, refusal: 'no_consent' })
    expect(await withdrawConsent(context, { consentId, by: 'chi' })).toEqual({ ok: false, refusal: 'withdrawn' })
  })

  test('of which somebody else shows the same bytes by a consent of their own keeps them', async () => {
    const [mine, other] = [await consent(), await consent()]
    const photoId = await shown(mine)
    await shown(other)
    const path = await pathOf(photoId)
    value(await withdrawConsent(context, { consentId: mine, by: 'chi' }))
    expect((await ask(path)).status).toBe(200)
    value(await withdrawConsent(context, { consentId: other, by: 'chi' }))
    expect((await ask(path)).status).toBe(410)
  })

  test('ends with the last day of its consent, and the sweep deletes it', async () => {
    const consentId = await consent('2026-11-25')
    const photoId = await shown(consentId)
    const path = await pathOf(photoId)
    clock.setNow('2026-11-25T16:59:59Z')
    expect((await ask(path)).status).toBe(200)
    clock.setNow('2026-11-25T17:00:00Z')
    expect((await evidence()).photos).toEqual([])
    expect((await ask(path)).status).toBe(410)
    expect(await add(consentId)).toEqual({ ok: false, refusal: 'no_consent' })
    expect(await sweepFiles(context)).toBe(3)
    expect(await sweepFiles(context)).toBe(0)
  })

  test('needs words for who does not see it, a consent, and to be a picture', async () => {
    const consentId = await consent()
    const wordless = { consentId, bytes: photo, altVi: 'Áo', altEn: ' ', by: 'an', key: 'wordless' }
    expect(await addPhoto(context, wordless)).toEqual({ ok: false, refusal: 'no_description' })
    expect(await add(999_999n)).toEqual({ ok: false, refusal: 'unknown_consent' })
    expect(await add(consentId, Buffer.from('<script>'))).toEqual({ ok: false, refusal: 'not_a_picture' })
    const given = { deliverySlug: made.deliverySlug, givenBy: 'school', givenHow: 'paper', paperNumber: '1', by: 'an' } as const
    const early = { ...given, givenOn: '2026-11-25', validUntil: null, key: 'early' }
    expect(await recordConsent(context, early)).toEqual({ ok: false, refusal: 'not_yet' })
    const late = { ...given, givenOn: '2026-11-20', validUntil: '2026-11-23', key: 'late' }
    expect(await recordConsent(context, late)).toEqual({ ok: false, refusal: 'ended' })
  })

  test('that is sent twice is one', async () => {
    const consentId = await consent()
    const [first, second] = await Promise.all([add(consentId, photo, 'twice'), add(consentId, photo, 'twice')])
    expect(value(second)).toEqual(value(first))
    expect(value(await add(consentId, photo, 'twice'))).toEqual(value(first))
  })
})

describe('a paper', () => {
  const wish = async (tone: number, key = `paper-${keys++}`) => ({
    ...{ spendId: made.spendId, deliverySlug: made.deliverySlug, kind: 'handover' as const, datedOn: '2026-11-23' },
    ...{ original: Buffer.from(`%PDF signed by everybody ${tone}`), copy: await scan(tone), by: 'an', key },
  })

  test('is promised by a salted hash, and shown as a redacted copy that a second person released', async () => {
    const sent = await wish(200)
    const { paperId } = value(await addPaper(context, sent))
    const [row] = await context.db.select().from(papers).where(eq(papers.id, paperId))
    if (!row) return expect.unreachable()
    expect(commitBytes('original', row.originalSalt, sha256(sent.original))).toBe(row.originalCommitment)
    const [added] = await context.db.select().from(events).where(eq(events.id, row.addedEventId))
    expect(added).toMatchObject({ kind: 'paper', facts: { original: row.originalCommitment, paper: 'handover', dated: '2026-11-23' } })
    expect(JSON.stringify(added?.facts)).not.toContain(sha256(sent.original))
    expect((await evidence()).papers).toMatchObject([{ kind: 'handover', state: { kind: 'waiting' } }])

    expect(await releasePaper(context, { paperId, by: 'an', as: 'officer' })).toEqual({ ok: false, refusal: 'same_person' })
    value(await releasePaper(context, { paperId, by: 'binh', as: 'director' }))
    const { papers: listed, isOverdue } = await evidence()
    const state = listed[0]?.state
    if (state?.kind !== 'shown') return expect.unreachable('it was released')
    expect([state.releasedAs, state.releasedOn, isOverdue]).toEqual(['director', '2026-11-24', false])
    const answer = await ask(state.path)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([answer.status, answer.headers.get('content-type'), bytes.length]).toEqual([200, 'image/jpeg', state.bytes])
    expect(sha256(bytes)).toBe(state.sha256)
    const [document] = await context.db.select({ facts: events.facts }).from(events).where(eq(events.kind, 'document'))
    expect(document?.facts).toEqual({ original: row.originalCommitment, sha256: state.sha256, bytes: state.bytes, type: 'image/jpeg' })
    expect(await listCampaignPapers(context, made.campaignSlug, 'en')).toMatchObject([{ spend: 'Coats', state: { kind: 'shown' } }])

    // The original is there, and no address leads to it.
    expect(Buffer.from((await context.files.get(`kept/${sha256(sent.original)}`)) ?? [])).toEqual(sent.original)
    for (const ending of ['jpg', 'pdf', 'avif']) expect((await ask(`/tep/${sha256(sent.original)}.${ending}`)).status).toBe(404)
  })

  test('that was redacted badly is withdrawn by one person: gone with its bytes, its reason is public, its original stays', async () => {
    const sent = await wish(180)
    const { paperId } = value(await addPaper(context, sent))
    value(await releasePaper(context, { paperId, by: 'binh', as: 'accountant' }))
    const state = (await evidence()).papers.find(({ key }) => key === String(paperId))?.state
    if (state?.kind !== 'shown') return expect.unreachable('it was released')
    const looked = async () => {
      await sequencePending(context.db, context.now())
      await publishAll(publishingOf(context, vault))
      const trust = await getTrust(context)
      const found = trust && (await lookUpPaper(context, trust, state.sha256))
      return tellPaper(state.sha256, found, await getTellTexts(context, 'vi'), 'vi')
    }
    expect(await looked()).toMatchObject({ verdict: 'right' })
    value(await withdrawPaper(context, { paperId, by: 'an', reasonVi: 'Che thiếu một tên.', reasonEn: 'A name was left.' }))
    expect((await evidence()).papers.find(({ key }) => key === String(paperId))?.state).toEqual({
      ...{ kind: 'withdrawn', reason: 'Che thiếu một tên.', withdrawnOn: '2026-11-24' },
    })
    expect((await ask(state.path)).status).toBe(410)
    expect(await context.files.get(`shown/${state.sha256}`)).toBeNull()
    // Whoever kept the file is told so, by the log itself.
    const withdrawn = await looked()
    expect([withdrawn.verdict, withdrawn.title]).toEqual(['wrong', 'Đã rút lại'])
    expect(withdrawn.text).toContain('24/11/2026')
    expect(await context.files.get(`kept/${sha256(sent.original)}`)).not.toBeNull()
  })

  test('is refused where it is not what it should be', async () => {
    const sent = await wish(160)
    expect(await addPaper(context, { ...sent, copy: sent.original })).toEqual({ ok: false, refusal: 'not_redacted' })
    expect(await addPaper(context, { ...sent, copy: Buffer.from('%PDF-1.7') })).toEqual({ ok: false, refusal: 'not_a_picture' })
    expect(await addPaper(context, { ...sent, deliverySlug: null })).toEqual({ ok: false, refusal: 'no_delivery' })
    expect(await addPaper(context, { ...sent, deliverySlug: 'none' })).toEqual({ ok: false, refusal: 'unknown_delivery' })
    expect(await addPaper(context, { ...sent, spendId: 999n })).toEqual({ ok: false, refusal: 'unknown_spend' })
    expect(await addPaper(context, { ...sent, datedOn: '2026-12-01' })).toEqual({ ok: false, refusal: 'not_yet' })
  })
})

describe('the file store', () => {
  test('loses what nobody used within a day, and nothing else', async () => {
    clock.setNow('2026-12-20T03:00:00Z')
    await sweepFiles(context)
    const consentId = await consent()
    const photoId = await shown(consentId)
    const orphan = await keepFile(context, 'shown', Buffer.from('cut off'), 'image/jpeg')
    expect(await sweepFiles(context)).toBe(0)
    clock.advance(DAY_MS + 1)
    expect(await sweepFiles(context)).toBe(1)
    expect(await context.files.get(orphan)).toBeNull()
    expect((await ask(await pathOf(photoId))).status).toBe(200)
    // Stored again it is there again, and has its day.
    await keepFile(context, 'shown', Buffer.from('cut off'), 'image/jpeg')
    expect(await sweepFiles(context)).toBe(0)
    expect(await context.files.get(orphan)).not.toBeNull()
  })
})

describe('the tables refuse', () => {
  test.each<[string, string, RegExp]>([
    [
      'a photo that one person adds and releases',
      `update photos set released_by = added_by, released_at = now(), event_id = (select max(id) from events)
       where released_at is null and withdrawn_at is null`,
      /photos_two_people/,
    ],
    [
      'a photo shown again',
      `update photos set withdrawn_at = null, withdrawn_by = null, salt = '\\x00' where withdrawn_at is not null`,
      /stays what was recorded/,
    ],
    ['a photo without its words', `update photos set alt_vi = ' '`, /stays what was recorded/],
    ['another consent under a photo', `update photos set consent_id = consent_id + 1`, /stays what was recorded/],
    [
      'a consent that comes back',
      `update consents set withdrawn_at = null, withdrawn_by = null where withdrawn_at is not null`,
      /stays what was recorded/,
    ],
    [
      'a consent withdrawn without its photos',
      `update consents set withdrawn_by = 'x', withdrawn_at = now() where id in (select consent_id from photos where withdrawn_at is null)`,
      /are still there/,
    ],
    [
      'a photo under a consent that was withdrawn',
      `insert into photos (delivery_id, consent_id, alt_vi, alt_en, width, height, commitment, salt, idempotency_key, added_by, added_at)
       select delivery_id, id, 'a', 'a', 1, 1, 'c', '\\x00', 'late', 'an', now() from consents where withdrawn_at is not null limit 1`,
      /does not stand/,
    ],
    ['another original of a paper', `update papers set original_commitment = 'x'`, /stays what was recorded/],
    ['a paper released twice', `update papers set released_by = 'chi' where released_by is not null`, /stays what was recorded/],
    ['a file of other bytes', `update files set bytes = bytes + 1`, /stays what it is/],
    ['a form that goes', `delete from photo_files`, /append-only/],
    ['a paper that goes', `delete from papers`, /append-only/],
    ['a consent that goes', `delete from consents`, /append-only/],
  ])('%s', async (_what, statement, refusal) => {
    const { db } = database.owner ?? database.handle
    expect(await refusalOf(db, statement)).toMatch(refusal)
  })
})

test('everything that was told has its place in the public order', async () => {
  expect((await sequencePending(context.db, context.now())).parked).toBe(0)
})
