import { expect, test } from 'vitest'
import { securityHeaders } from './security'

const policyOf = (...args: Parameters<typeof securityHeaders>) => securityHeaders(...args)['Content-Security-Policy']?.split('; ')

test('forms lead nowhere but to this site, and where the settings say besides', () => {
  expect(policyOf('https://example.org')).toContain("form-action 'self'")
  expect(policyOf('https://example.org', ['https://checkout.stripe.com'])).toContain("form-action 'self' https://checkout.stripe.com")
})

test('a site with TLS stays with it', () => {
  expect(policyOf('https://example.org')).toContain('upgrade-insecure-requests')
  expect(policyOf('http://127.0.0.1:3000')).not.toContain('upgrade-insecure-requests')
})
