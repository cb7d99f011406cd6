import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET } from '../../app/tep/[name]/route'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { FileContext } from '../../lib/context'
import { reviewText } from '../../lib/donors/commands'
import { setNameShown } from '../../lib/pledges/name-shown'
import { addLogo, releaseLogo, withdrawLogo } from '../../lib/recognition/logos'
import { getRecognition } from '../../lib/recognition/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { bomb, phonePhoto, scan } from '../factories/pictures'
import { makeCampaign, makeFunds, value } from '../factories/site'
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
let keys = 0

beforeAll(async () => {
  database = await testDatabase()
  const clock = testContext(database.handle)
  context = withFiles(clock, folder)
  serve(clock, database, { files: context.files })
  await makeFunds(context)
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
const add = (bytes: Uint8Array, by = 'an') => addLogo(context, { taxCode: TAX_CODE, bytes, by, key: `logo-${keys++}` })

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
  const wish = { taxCode: '0101 234 567', bytes, by: 'an', key: 'twice' }
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
