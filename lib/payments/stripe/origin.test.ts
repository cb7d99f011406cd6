import { expect, test } from 'vitest'
import { pageOriginOf } from './origin'

test('Stripe’s pages stand at an address of their own, those of a stand-in beside its API', () => {
  expect(pageOriginOf('https://api.stripe.com')).toBe('https://checkout.stripe.com')
  expect(pageOriginOf('http://127.0.0.1:3001')).toBe('http://127.0.0.1:3001')
})
