import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { giftFormSchema, type GiftDraft } from './schema'
import { createFormKey, formIdentity, hashSecret, idempotencyKeyOf, isSecret, secretOf } from './secret'

const identityOf = (form: GiftDraft) => formIdentity(giftFormSchema.parse({ amount: '185000', ...form }), 'ao-am-ba-vi')

test('a form’s key has 192 bits of chance, and the secret made of it 128', () => {
  const asked: number[] = []
  const formKey = createFormKey((size) => {
    asked.push(size)
    return randomBytes(size)
  })
  expect(asked).toEqual([24])
  expect(Buffer.from(formKey, 'base64url')).toHaveLength(24)
  expect(Buffer.from(secretOf(identityOf({ formKey })), 'base64url')).toHaveLength(16)
})

test('the same form has the same secret, and any other form another', () => {
  const formKey = createFormKey(randomBytes)
  const secret = secretOf(identityOf({ formKey }))
  expect(secretOf(identityOf({ formKey }))).toBe(secret)
  const others = [
    { formKey: createFormKey(randomBytes) },
    { formKey, amount: '185001' },
    { formKey, name: 'Lan' },
    { formKey, method: 'card' },
  ]
  for (const other of others) expect(secretOf(identityOf(other))).not.toBe(secret)
})

test('what is stored is neither the form’s key nor the secret, and fits the secret alone', () => {
  const formKey = createFormKey(randomBytes)
  const identity = identityOf({ formKey })
  const secret = secretOf(identity)
  const hash = hashSecret(secret)
  expect(hash).toHaveLength(32)
  expect([idempotencyKeyOf(identity), Buffer.from(hash).toString('base64url')].join()).not.toMatch(new RegExp(`${formKey}|${secret}`))
  expect(isSecret(secret, hash)).toBe(true)
  for (const wrong of ['', secret.slice(1), `${secret}a`, createFormKey(randomBytes)]) expect(isSecret(wrong, hash)).toBe(false)
})
