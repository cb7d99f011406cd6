import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveBankNotice } from '../../lib/bank/commands'
import { cancelPledge, isSecretOf } from '../../lib/pledges/commands'
import { fittingKeys } from '../../lib/pledges/gathered'
import { renewSecret } from '../../lib/pledges/renew-secret'
import { createFormKey } from '../../lib/pledges/secret'
import { bankNotice, makeGoods, makePledge } from '../factories/giving'
import { makeCampaign, makeFunds, value } from '../factories/site'
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

const formKey = () => createFormKey(context.random)

test.each([
  ['money', () => makePledge(context, slug)],
  ['money by card', () => makePledge(context, slug, { method: 'card' })],
  ['goods', () => makeGoods(context, slug)],
])('a replaced link of a gift of %s opens nothing, and the new one does', async (_kind, make) => {
  const { code, secret } = await make()
  expect(await fittingKeys(context, [{ code, secret }])).toHaveLength(1)
  const { secret: next } = value(await renewSecret(context, { code, secret, formKey: formKey() }))
  expect(
    await fittingKeys(context, [
      { code, secret },
      { code, secret: next },
      { code: 'TD2222222', secret },
    ]),
  ).toEqual([{ code, secret: next }])
  expect(next).toMatch(/^[\w-]{22}$/)
  expect(await isSecretOf(context, code, secret)).toBe(false)
  expect(await cancelPledge(context, { code, secret })).toEqual({ ok: false, refusal: 'wrong_secret' })
  expect(await isSecretOf(context, code, next)).toBe(true)
  expect((await cancelPledge(context, { code, secret: next })).ok).toBe(true)
})

test('the link of a gift that arrived can be replaced, too', async () => {
  const { code, secret } = await makePledge(context, slug)
  await receiveBankNotice(context, bankNotice({ memo: code }))
  expect((await renewSecret(context, { code, secret, formKey: formKey() })).ok).toBe(true)
})

test('of browsers that replace it at the same time one does, and its link is the good one', async () => {
  const { code, secret } = await makePledge(context, slug)
  const answers = await Promise.all(Array.from({ length: 6 }, () => renewSecret(context, { code, secret, formKey: formKey() })))
  const made = answers.filter((answer) => answer.ok)
  expect(made).toHaveLength(1)
  expect(answers.filter((answer) => !answer.ok && answer.refusal === 'wrong_secret')).toHaveLength(5)
  for (const answer of made) expect(await isSecretOf(context, code, answer.value.secret)).toBe(true)
})

test('the same button pressed twice gives the same link', async () => {
  const { code, secret } = await makePledge(context, slug)
  const key = formKey()
  const [first, second] = await Promise.all([1, 2].map(() => renewSecret(context, { code, secret, formKey: key })))
  expect(second).toEqual(first)
  expect(first?.ok).toBe(true)
  // Once the next one was made, the button of before makes nothing any more.
  if (first?.ok) value(await renewSecret(context, { code, secret: first.value.secret, formKey: formKey() }))
  expect(await renewSecret(context, { code, secret, formKey: key })).toEqual({ ok: false, refusal: 'wrong_secret' })
})

test('who has no key replaces nothing', async () => {
  const { code, secret } = await makePledge(context, slug)
  expect(await renewSecret(context, { code, secret: 'x'.repeat(22), formKey: formKey() })).toEqual({ ok: false, refusal: 'wrong_secret' })
  expect(await renewSecret(context, { code: 'TD2222222', secret, formKey: formKey() })).toEqual({ ok: false, refusal: 'not_found' })
  expect(await isSecretOf(context, code, secret)).toBe(true)
})
