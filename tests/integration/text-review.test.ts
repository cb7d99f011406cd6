import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disclosures, siteState } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { reviewText } from '../../lib/donors/commands'
import { correctName } from '../../lib/pledge-desk/commands'
import { countWaitingTexts, getPledge, listWaitingTexts } from '../../lib/pledge-desk/queries'
import { getGift } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { fundIdOf } from '../factories/staff'
import { makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let slug: string

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  slug = (await makeCampaign(context)).slug
})
afterAll(() => database.close())

const version = async () => (await context.db.select({ version: siteState.version }).from(siteState))[0]?.version ?? 0n
const nameOf = async (code: string) => (await getGift(context, code, 'vi'))?.publicName

test('a company’s name waits, and shows once a person released it', async () => {
  const { code } = await makePledge(context, slug, { donorKind: 'company', name: 'Công ty Mẫu', isNamed: true })
  await receiveBankNotice(context, bankNotice({ memo: code }))
  await sequencePending(context.db, context.now())
  expect(await nameOf(code)).toBe('Một nhà hảo tâm')
  const before = await version()
  expect(await reviewText(context, { code, field: 'name', verdict: 'shown', actor: 'an' })).toEqual({ ok: true, value: null })
  expect(await nameOf(code)).toBe('Công ty Mẫu')
  expect(await version()).toBeGreaterThan(before)
  expect(await reviewText(context, { code, field: 'name', verdict: 'refused', actor: 'binh' })).toEqual({
    ok: false,
    refusal: 'not_waiting',
  })
})

test('a refused text is kept by who refused it, and never shows', async () => {
  const { code } = await makePledge(context, slug, { name: 'Mua hàng giá rẻ', isNamed: true })
  await reviewText(context, { code, field: 'name', verdict: 'refused', actor: 'an' })
  expect(await nameOf(code)).toBe('Một nhà hảo tâm')
  const [row] = await context.db.select().from(disclosures).where(eq(disclosures.text, 'Mua hàng giá rẻ'))
  expect(row).toMatchObject({ review: 'refused', reviewedBy: 'an' })
})

test('a text that its donor changed meanwhile is not released unseen', async () => {
  const { code } = await makePledge(context, slug, { donorKind: 'company', name: 'Cửa hàng Mẫu', isNamed: true })
  const fundId = await fundIdOf(context, 'ha-noi')
  const looked = (await listWaitingTexts(context, fundId)).find((one) => one.code === code)
  expect(looked).toMatchObject({ field: 'name', text: 'Cửa hàng Mẫu', isCompany: true })
  expect(await listWaitingTexts(context, await fundIdOf(context, 'ninh-thuan'))).toEqual([])
  const { seen } = (await getPledge(context, fundId, { code, mayReach: false }, 'vi')) ?? expect.unreachable(code)
  expect(await correctName(context, { code, seen, name: 'Mua hàng giá rẻ', isShown: true })).toEqual({ ok: true, value: null })
  const release = { code, field: 'name', verdict: 'shown', actor: 'an', seen: looked?.seen ?? '' } as const
  expect(await reviewText(context, release)).toEqual({ ok: false, refusal: 'not_waiting' })
  const now = (await listWaitingTexts(context, fundId)).find((one) => one.code === code)
  expect(await reviewText(context, { ...release, seen: now?.seen ?? '' })).toEqual({ ok: true, value: null })
  expect(await countWaitingTexts(context, { fundId })).toBe((await listWaitingTexts(context, fundId)).length)
})

test('what is not there is not found', async () => {
  const { code } = await makePledge(context, slug)
  expect(await reviewText(context, { code, field: 'name', verdict: 'shown', actor: 'an' })).toEqual({ ok: false, refusal: 'not_found' })
  expect(await reviewText(context, { code: 'TD2222222', field: 'message', verdict: 'shown', actor: 'an' })).toEqual({
    ok: false,
    refusal: 'not_found',
  })
})
