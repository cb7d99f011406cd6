import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POST as photoForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/anh/route'
import { POST as consentForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/dong-y/route'
import { POST as chunkHandler } from '../../app/[locale]/(staff)/quan-tri/[fund]/trao/dot/[delivery]/tai-len/route'
import { campaigns, consents, photos, uploadChunks, uploads } from '../../db/schema'
import { serverContext } from '../../lib/context'
import { sha256 } from '../../lib/files/digest'
import { MOST_UPLOADS, UPLOAD_KEPT_DAYS } from '../../lib/uploads/model'
import { receiveChunk, sweepUploads, takeUpload } from '../../lib/uploads/commands'
import type { StaffSession } from '../../lib/staff/model'
import { cookieOfSession, sendForm } from '../factories/console'
import { makeHandedOver, type HandedOver } from '../factories/handed-over'
import { phonePhoto } from '../factories/pictures'
import { makeFunds } from '../factories/site'
import { makeStaff } from '../factories/staff'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'

const NOW = '2026-11-24T03:00:00Z'
const CHUNK = 8_000
const folder = testFolder()
let database: TestDatabase
let context: TestContext
let made: HandedOver
let picture: Buffer
const people: Record<string, StaffSession> = {}

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle, { now: NOW })
  await makeFunds(context)
  made = await makeHandedOver(context, '2026-11-25')
  const [campaign] = await context.db.select({ unitId: campaigns.unitId }).from(campaigns)
  const communeIds = [campaign?.unitId ?? 0]
  for (const id of ['can-bo', 'can-bo-hai'])
    people[id] = (await makeStaff(context, { id, role: 'field_officer', fund: 'ha-noi', communeIds })).session
  people['kiem-soat'] = (await makeStaff(context, { id: 'kiem-soat', role: 'auditor', fund: 'ha-noi' })).session
  picture = await phonePhoto({ width: 400, height: 300 })
  serve(context, database, { files: withFiles(context, folder).files })
})
afterAll(async () => {
  await database.close()
  folder.remove()
})

const keyOf = () => crypto.randomUUID()
const file = (bytes: Buffer, key = keyOf()) => ({ key, bytes: bytes.length, sha256: sha256(bytes), all: bytes })
type Sent = ReturnType<typeof file>

/** Sends one chunk as a browser does. @returns the status, and what is here then */
async function send(
  { key, bytes, sha256: digest, all }: Sent,
  from: number,
  { by = 'can-bo', size = CHUNK, data = all.subarray(from, from + size) } = {},
) {
  const query = new URLSearchParams({ key, bytes: String(bytes), sha256: digest, from: String(from) })
  const session = people[by]
  const answer = await chunkHandler(
    new Request(`https://example.org/quan-tri/ha-noi/trao/dot/1/tai-len?${query}`, {
      method: 'POST',
      body: new Uint8Array(data),
      headers: {
        'content-type': 'application/octet-stream',
        ...(session ? { cookie: await cookieOfSession(serverContext(), session) } : {}),
      },
    }),
    { params: Promise.resolve({ locale: 'vi', fund: 'ha-noi', delivery: String(made.deliveryId) }) },
  )
  const said: unknown = await answer.json()
  return { status: answer.status, said }
}
const sendAll = async (sent: Sent) => {
  for (let from = 0; from < sent.bytes; from += CHUNK) expect((await send(sent, from)).status).toBe(200)
}

describe('a file that comes in chunks', () => {
  test('goes on where it was cut off; what is sent twice, also at once, is there once', async () => {
    const sent = file(picture)
    expect(await send(sent, 0, { data: Buffer.alloc(0) })).toEqual({ status: 200, said: { received: 0 } })
    const both = await Promise.all([send(sent, 0), send(sent, 0)])
    expect(both).toEqual([
      { status: 200, said: { received: CHUNK } },
      { status: 200, said: { received: CHUNK } },
    ])
    // A chunk that overtook the one before it: the browser is told to ask where to go on.
    expect(await send(sent, 2 * CHUNK)).toEqual({ status: 409, said: { refusal: 'gap' } })
    expect(await takeUpload(context, { key: sent.key, by: 'can-bo' })).toEqual({ ok: false, refusal: 'unfinished_upload' })
    expect(await send(sent, 0, { data: Buffer.alloc(0) })).toEqual({ status: 200, said: { received: CHUNK } })
    await sendAll(sent)
    const taken = await takeUpload(context, { key: sent.key, by: 'can-bo' })
    expect(taken.ok && Buffer.from(taken.value).equals(picture)).toBe(true)
    expect(await send(sent, 0, { data: Buffer.alloc(0) })).toEqual({ status: 200, said: { received: picture.length } })
  })

  test('is nobody else’s, and a key is of one file', async () => {
    const sent = file(picture)
    await sendAll(sent)
    expect(await send(sent, 0, { by: 'can-bo-hai' })).toEqual({ status: 409, said: { refusal: 'not_yours' } })
    expect(await takeUpload(context, { key: sent.key, by: 'can-bo-hai' })).toEqual({ ok: false, refusal: 'unknown_upload' })
    expect(await send(file(Buffer.from('another file'), sent.key), 0)).toEqual({ status: 409, said: { refusal: 'not_yours' } })
    expect((await send(file(picture), 0, { by: 'kiem-soat' })).status).toBe(403)
    expect((await send(file(picture), 0, { by: 'nobody' })).status).toBe(401)
  })

  test('is thrown away where it is another than was announced, and never longer', async () => {
    const sent = { ...file(Buffer.from('what was meant')), all: Buffer.from('what came here') }
    expect((await send(sent, 0)).status).toBe(200)
    expect(await takeUpload(context, { key: sent.key, by: 'can-bo' })).toEqual({ ok: false, refusal: 'damaged_upload' })
    expect(await context.db.select().from(uploads).where(eq(uploads.key, sent.key))).toEqual([])
    expect(await context.db.select().from(uploadChunks).where(eq(uploadChunks.key, sent.key))).toEqual([])
    const short = file(Buffer.from('short'))
    expect(await send(short, 0, { data: Buffer.from('too long for it') })).toEqual({ status: 409, said: { refusal: 'too_long' } })
    expect((await send(short, 0, { data: Buffer.alloc(600 * 1024) })).status).toBe(413)
    expect((await send({ ...short, bytes: 21 * 1024 * 1024 }, 0)).status).toBe(400)
  })

  test('is one photo, however often its form is sent', async () => {
    const on = { fund: 'ha-noi', delivery: String(made.deliveryId) }
    const given = {
      key: 'consent-0123456789',
      givenBy: 'school',
      givenHow: 'paper',
      paperNumber: '12',
      givenOn: '2026-11-23',
      validUntil: '',
    }
    await sendForm(serverContext(), consentForm, people['can-bo'] ?? null, on, given)
    const [consent] = await context.db.select({ id: consents.id }).from(consents)
    const sent = file(picture)
    const fields = { key: 'photo-0123456789ab', consentId: String(consent?.id), alt: 'Áo trên giá', altEn: '', photoUpload: sent.key }
    const form = (by = 'can-bo') => sendForm(serverContext(), photoForm, people[by] ?? null, on, fields)
    expect(await form()).toMatch(/loi=o$/)
    await sendAll(sent)
    expect(await form('can-bo-hai')).toMatch(/loi=o$/)
    for (let times = 0; times < 2; times++) expect(await form()).toMatch(/xong=photo$/)
    expect(await context.db.select({ addedBy: photos.addedBy }).from(photos)).toEqual([{ addedBy: 'can-bo' }])
  })

  test('is one of so many at once, and swept away when it was left alone', async () => {
    const begin = () => receiveChunk(context, { ...file(picture), by: 'can-bo-hai', from: 0, data: new Uint8Array() })
    for (let made = 0; made < MOST_UPLOADS; made++) expect((await begin()).ok).toBe(true)
    expect(await begin()).toEqual({ ok: false, refusal: 'too_many' })
    expect(await sweepUploads(context)).toBe(0)
    context.advance((UPLOAD_KEPT_DAYS + 1) * 24 * 3_600_000)
    expect(await sweepUploads(context)).toBeGreaterThan(MOST_UPLOADS)
    expect(await context.db.select().from(uploadChunks)).toEqual([])
    expect((await begin()).ok).toBe(true)
  })
})
