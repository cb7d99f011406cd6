import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { POST as decideForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/bieu-trung/doi/route'
import { POST as addForm } from '../../app/[locale]/(staff)/quan-tri/[fund]/bieu-trung/them/route'
import { GET } from '../../app/tep/[name]/route'
import { staffAudit } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { serverContext, type FileContext } from '../../lib/context'
import { reviewText } from '../../lib/donors/commands'
import { setNameShown } from '../../lib/pledges/name-shown'
import { countLogosToRelease, listDeskLogos, listOrganisations } from '../../lib/recognition/logo-desk'
import { addLogo, releaseLogo, withdrawLogo } from '../../lib/recognition/logos'
import { getRecognition } from '../../lib/recognition/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import type { Role, StaffSession } from '../../lib/staff/model'
import { sendForm } from '../factories/console'
import { bankNotice, makePledge } from '../factories/giving'
import { bomb, phonePhoto, scan } from '../factories/pictures'
import { makeCampaign, makeFunds, value, type FundSlug } from '../factories/site'
import { fundIdOf, makeStaff } from '../factories/staff'
import { testContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'
import { testFolder, withFiles } from '../setup/files'
import { serve } from '../setup/server'

const TAX_CODE = '0101234567'
const folder = testFolder()
let database: TestDatabase
let context: FileContext
let gift: { code: string; secret: string }
let fundId = 0
let keys = 0

beforeAll(async () => {
  database = await testDatabase()
  const clock = testContext(database.handle)
  context = withFiles(clock, folder)
  serve(clock, database, { files: context.files })
  await makeFunds(context)
  fundId = await fundIdOf(context, 'ha-noi')
  const { slug } = await makeCampaign(context, {})
  gift = await makePledge(context, slug, { donorKind: 'company', name: 'Công ty Cổ phần Đường Xưa', isNamed: true, taxCode: TAX_CODE })
  await receiveBankNotice(context, bankNotice({ memo: gift.code }))
  await reviewText(context, { code: gift.code, field: 'name', verdict: 'shown', actor: 'an' })
  await sequencePending(context.db, context.now())
})
afterAll(async () => {
  await database.close()
  folder.remove()
})

const logo = async () => {
  const found = await getRecognition(context, { list: 'company', year: null, place: null, name: '', after: null }, [], 'vi')
  return found.companies?.rows[0]?.logo ?? null
}
const served = async (path: string) => {
  const name = path.slice('/tep/'.length)
  return (await GET(new Request(`http://localhost${path}`), { params: Promise.resolve({ name }) })).status
}
const add = (bytes: Uint8Array, by = 'an') => addLogo(context, { fundId, taxCode: TAX_CODE, bytes, by, key: `logo-${keys++}` })

test('an organisation’s logo is shown beside its name once two people looked at it, and no longer than its name', async () => {
  const { logoId } = value(await add(await scan(90)))
  expect(await logo()).toBeNull()
  expect(await releaseLogo(context, { logoId, by: 'an' })).toEqual({ ok: false, refusal: 'same_person' })
  value(await releaseLogo(context, { logoId, by: 'binh' }))
  const shown = await logo()
  expect(shown).toMatchObject({ height: 96 })
  expect(await served(shown?.path ?? '')).toBe(200)

  value(await setNameShown(context, { ...gift, isShown: false }))
  await sequencePending(context.db, context.now())
  expect(await logo()).toBeNull()
  expect(await served(shown?.path ?? '')).toBe(410)
  value(await setNameShown(context, { ...gift, isShown: true }))
  await sequencePending(context.db, context.now())
  expect(await served(shown?.path ?? '')).toBe(200)

  // Another one takes its place, for ever.
  const next = value(await add(await scan(200)))
  value(await releaseLogo(context, { logoId: next.logoId, by: 'binh' }))
  expect((await logo())?.path).not.toBe(shown?.path)
  expect(await served(shown?.path ?? '')).toBe(410)
  expect(await releaseLogo(context, { logoId, by: 'binh' })).toEqual({ ok: false, refusal: 'withdrawn' })

  const last = (await logo())?.path ?? ''
  value(await withdrawLogo(context, { logoId: next.logoId, by: 'an' }))
  expect(await logo()).toBeNull()
  expect(await served(last)).toBe(410)
})

test('a logo sent twice is one, and what is no picture is none', async () => {
  const bytes = await phonePhoto({ width: 300, height: 200 })
  const wish = { fundId, taxCode: '0101 234 567', bytes, by: 'an', key: 'twice' }
  expect(value(await addLogo(context, wish))).toEqual(value(await addLogo(context, wish)))
  expect(await add(Buffer.from('GIF89a'))).toEqual({ ok: false, refusal: 'not_a_picture' })
  expect(await add(bomb(60_000, 60_000))).toEqual({ ok: false, refusal: 'too_many_pixels' })
})

test('the tables keep what was recorded of a logo', async () => {
  const { logoId } = value(await add(await scan(30)))
  expect(logoId).toBeGreaterThan(0n)
  const refused = (change: string) => refusalOf(context.db, `update organisation_logos set ${change} where id = ${logoId}`)
  expect(await refused("added_by = 'binh'")).toMatch(/stays what was recorded/)
  expect(await refused("released_by = 'an', released_at = now()")).toMatch(/two_people/)
})

test('in the console an editor adds a logo of who is thanked by name, and a director who is not that editor releases it', async () => {
  const person = async (id: string, role: Role, fund: FundSlug = 'ha-noi') => (await makeStaff(context, { id, role, fund })).session
  const editor = await person('bien-tap', 'editor')
  const [director, auditor, other] = [
    await person('giam-doc', 'director'),
    await person('kiem-soat', 'auditor'),
    await person('quy-khac', 'editor', 'ninh-thuan'),
  ]
  await makeStaff(context, { id: 'bien-tap', role: 'director', fund: 'ha-noi' })
  const send = (handler: typeof addForm, session: StaffSession | null, fields: Record<string, string | Blob>, fund = 'ha-noi') =>
    sendForm(serverContext(), handler, session, { fund }, fields)
  const [organisation] = await listOrganisations(context, fundId)
  expect(organisation?.name).toBe('Công ty Cổ phần Đường Xưa')
  const picture = new Blob([new Uint8Array(await scan(70))])
  const form = { form: 'logo', key: 'bieu-trung-0123456789', organisation: organisation?.key ?? '', logo: picture }
  expect(await send(addForm, director, form)).toMatch(/loi=not_allowed$/)
  expect(await send(addForm, auditor, form)).toMatch(/loi=not_allowed$/)
  expect(await send(addForm, other, form)).toBe('/quan-tri')
  // An organisation that gave to another fund alone is none of this one's.
  expect(await send(addForm, other, form, 'ninh-thuan')).toMatch(/loi=o$/)
  expect(await send(addForm, editor, { ...form, logo: new Blob(['GIF89a']) })).toMatch(/loi=o$/)
  for (let times = 0; times < 2; times++) expect(await send(addForm, editor, form)).toMatch(/xong=added$/)
  const [added] = await listDeskLogos(context, fundId)
  const id = added?.key ?? ''
  expect(added).toMatchObject({ organisation: 'Công ty Cổ phần Đường Xưa', addedBy: 'bien-tap', state: 'waiting' })
  expect(await countLogosToRelease(context, { fundId, staffId: 'bien-tap' })).toBe(
    (await countLogosToRelease(context, { fundId, staffId: 'giam-doc' })) - 1,
  )
  expect(await send(decideForm, editor, { release: id })).toMatch(/loi=same_person$/)
  expect(await send(decideForm, auditor, { release: id })).toMatch(/loi=not_allowed$/)
  expect(await send(decideForm, other, { release: id }, 'ninh-thuan')).toMatch(/loi=not_allowed$/)
  expect(await send(decideForm, director, { release: id })).toMatch(/xong=released$/)
  const path = (await logo())?.path ?? ''
  expect(await served(path)).toBe(200)
  expect(await send(decideForm, editor, { withdraw: id })).toMatch(/xong=withdrawn$/)
  expect(await served(path)).toBe(410)
  expect(await context.files.get(`shown/${path.slice('/tep/'.length, -'.webp'.length)}`)).toBeNull()
  const trail = await context.db
    .select()
    .from(staffAudit)
    .where(and(eq(staffAudit.aboutKind, 'logo'), eq(staffAudit.aboutId, id), eq(staffAudit.outcome, 'done')))
  expect(trail.map(({ staffId, action }) => [staffId, action])).toEqual([
    ['giam-doc', 'logos.release'],
    ['bien-tap', 'logos.withdraw'],
  ])
})
