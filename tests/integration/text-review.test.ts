import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disclosures, siteState } from '../../db/schema'
import { receiveBankNotice } from '../../lib/bank/commands'
import { reviewText } from '../../lib/donors/commands'
import { getGift } from '../../lib/pledges/queries'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
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

test('what is not there is not found', async () => {
  const { code } = await makePledge(context, slug)
  expect(await reviewText(context, { code, field: 'name', verdict: 'shown', actor: 'an' })).toEqual({ ok: false, refusal: 'not_found' })
  expect(await reviewText(context, { code: 'TD2222222', field: 'message', verdict: 'shown', actor: 'an' })).toEqual({
    ok: false,
    refusal: 'not_found',
  })
})
