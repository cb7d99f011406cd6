import { expect, test } from 'vitest'
import { embedHeaders, fileHeaders, isEmbed, isFile, securityHeaders } from './security'

const policyOf = (...args: Parameters<typeof securityHeaders>) => securityHeaders(...args)['Content-Security-Policy']?.split('; ')

test('forms lead nowhere but to this site, and where the settings say besides', () => {
  expect(policyOf('https://example.org')).toContain("form-action 'self'")
  expect(policyOf('https://example.org', ['https://checkout.stripe.com'])).toContain("form-action 'self' https://checkout.stripe.com")
})

test('a site with TLS stays with it', () => {
  expect(policyOf('https://example.org')).toContain('upgrade-insecure-requests')
  expect(policyOf('http://127.0.0.1:3000')).not.toContain('upgrade-insecure-requests')
})

test('an embed may be framed by anybody and runs nothing; no other page may be', () => {
  for (const url of ['/nhung/chien-dich/ao-am', '/en/nhung/chien-dich/ao-am?x=/', '/nhung/chien-dich/ao-am.svg'])
    expect(isEmbed(url), url).toBe(true)
  for (const url of [
    '/',
    '/nhung',
    '/nhung/chien-dich/',
    '/nhung/chien-dich/a/b',
    '/chien-dich/ao-am',
    '/vi/nhung/chien-dich/a',
    '/?/nhung/chien-dich/a',
  ])
    expect(isEmbed(url), url).toBe(false)
  const policy = embedHeaders('https://example.org')['Content-Security-Policy']?.split('; ')
  expect(policy).toContain('frame-ancestors *')
  expect(policy).toContain("default-src 'none'")
  expect(policy?.some((rule) => rule.startsWith('script-src'))).toBe(false)
  expect(policyOf('https://example.org')).toContain("frame-ancestors 'none'")
})

test('a file that people added runs nothing, whatever it is', () => {
  expect([isFile('/tep/ab.jpg'), isFile('/chien-dich/tep'), isFile('/en/tep/ab.jpg')]).toEqual([true, false, false])
  const headers = fileHeaders('https://example.org')
  const policy = headers['Content-Security-Policy']?.split('; ')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain('sandbox')
  expect(headers['X-Content-Type-Options']).toBe('nosniff')
})
