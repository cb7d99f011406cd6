import { describe, expect, test } from 'vitest'
import { checkAgainstKind, readEnv, SettingError } from './env'

const account = (fund: string, number: number, mode = 'test') => `${fund}:sk_${mode}_012345678${number}:whsec_012345678${number}`

describe('settings', () => {
  test('have defaults that need nothing', () => {
    expect(readEnv({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: '.data',
      SEQUENCER: true,
      selfOrigin: 'http://127.0.0.1:3000',
      publicOrigin: 'http://127.0.0.1:3000',
    })
  })

  test('that are empty count as left out', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: '', SITE_KIND: '' }).PORT).toBe(3000)
  })

  test.each([
    [{ PORT: 'abc' }, 'PORT must be a number'],
    [{ PORT: '70000' }, 'PORT must be 1 to 65535'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgres:// or postgresql://'],
    [{ DATABASE_OWNER_URL: 'postgres://x' }, 'DATABASE_OWNER_URL needs DATABASE_URL beside it'],
    [{ SITE_KIND: 'toy' }, 'SITE_KIND must be sample or real'],
    [{ SEPAY_API_KEY: 'short' }, 'SEPAY_API_KEY must have at least 12 characters'],
    [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL must be an address such as https://tungdong.vn'],
    [{ TRUSTED_PROXIES: '-1' }, 'TRUSTED_PROXIES must be 0 to 9'],
    [{ METRICS_PORT: '0' }, 'METRICS_PORT must be 1 to 65535'],
    [{ RATE_LIMITS: 'no' }, 'RATE_LIMITS must be on or off'],
    [{ CASSO_API_URL: 'casso' }, 'CASSO_API_URL must be an address such as https://oauth.casso.vn/v2'],
    [
      { WITNESSES: 'a.example/w+00000000+AAAA https://a.example' },
      'WITNESSES must be written <verifier key> <address>, with a comma between witnesses',
    ],
    [
      { WITNESS_LOGS: 'a.example/log' },
      'WITNESS_LOGS must be verifier keys of logs, as they show them at /log/vkey, with a comma between them',
    ],
    [{ SEQUENCER: 'maybe' }, 'SEQUENCER must be on or off'],
    [{ STRIPE_ACCOUNTS: 'ha-noi:sk_test_0123456789' }, 'STRIPE_ACCOUNTS must be written fund:sk_…:whsec_…, with a comma between funds'],
    [{ STRIPE_ACCOUNTS: `${account('ha-noi', 1)},${account('ha-noi', 2)}` }, 'STRIPE_ACCOUNTS names a fund twice'],
    [{ STRIPE_ACCOUNTS: `${account('ha-noi', 1)},${account('ninh-thuan', 1)}` }, 'STRIPE_ACCOUNTS gives two funds one account'],
    [
      { STRIPE_ACCOUNTS: `${account('ha-noi', 1)},ninh-thuan:sk_test_9876543210:whsec_0123456781` },
      'STRIPE_ACCOUNTS gives two funds one account',
    ],
  ])('%j stops the start with one line that never shows the value', (source, line) => {
    expect(() => readEnv(source)).toThrow(new SettingError(line))
  })
})

describe('settings against what the database is', () => {
  const AUTH_SECRET = 'a secret of 32 characters or more'
  const check = (source: Record<string, string>, kind: 'sample' | 'real') => () =>
    checkAgainstKind(readEnv({ AUTH_SECRET, ...source }), kind)

  test('a sample stays on this machine and away from live keys', () => {
    expect(check({}, 'sample')).not.toThrow()
    expect(check({ HOST: '0.0.0.0' }, 'sample')).toThrow(/SAMPLE_BEYOND_LOOPBACK/)
    expect(check({ HOST: '0.0.0.0', SAMPLE_BEYOND_LOOPBACK: 'yes' }, 'sample')).not.toThrow()
    expect(check({ SEPAY_API_KEY: 'live_0123456789' }, 'sample')).toThrow(/looks like a live key/)
    expect(check({ SEPAY_WEBHOOK_SECRET: 'test_0123456789' }, 'sample')).not.toThrow()
  })

  test.each(['SEPAY_API_TOKEN', 'CASSO_SECURE_TOKEN', 'CASSO_CHECKSUM_KEY', 'CASSO_API_KEY', 'PAYOS_CHECKSUM_KEY'])(
    '%s is a live key in a real database, and none in a sample',
    (name) => {
      const PUBLIC_URL = 'https://tungdong.vn'
      expect(check({ [name]: 'live_0123456789' }, 'sample')).toThrow(/looks like a live key/)
      expect(check({ [name]: 'test_0123456789' }, 'sample')).not.toThrow()
      expect(check({ PUBLIC_URL, [name]: 'test_0123456789' }, 'real')).toThrow(/for trying things out/)
      expect(check({ PUBLIC_URL, [name]: 'live_0123456789' }, 'real')).not.toThrow()
    },
  )

  test('a real one says where it is reached', () => {
    expect(check({}, 'real')).toThrow(/PUBLIC_URL is needed/)
    expect(check({ PUBLIC_URL: 'http://tungdong.vn' }, 'real')).toThrow(/https/)
    expect(check({ PUBLIC_URL: 'https://tungdong.vn', HOST: '0.0.0.0' }, 'real')).not.toThrow()
    expect(check({ PUBLIC_URL: 'https://tungdong.vn', CASSO_API_URL: 'http://casso.example' }, 'real')).toThrow(/CASSO_API_URL must begin/)
  })

  test.each([
    ['postgres://app:p@127.0.0.1:5432/tung_dong', true],
    ['postgres://app:p@[::1]/tung_dong', true],
    ['postgres://app:p@/tung_dong?host=/run/postgresql', true],
    ['postgres://app:p@%2Frun%2Fpostgresql/tung_dong', true],
    ['postgres://db.example/tung_dong?sslmode=verify-full', true],
    ['postgres://db.example/tung_dong', false],
    ['postgres://app:p@db.example/tung_dong?sslmode=require', false],
    ['postgres://app:p@db.example/tung_dong?sslmode=no-verify', false],
    ['postgres://app:p@localhost/tung_dong?host=db.example', false],
  ])('a real database is reached where nobody listens on the way: %s %s', (url, isSafe) => {
    const settings = { PUBLIC_URL: 'https://tungdong.vn', DATABASE_URL: url }
    const owner = { ...settings, DATABASE_URL: 'postgres://localhost/x', DATABASE_OWNER_URL: url }
    expect(check(settings, 'sample')).not.toThrow()
    if (isSafe) {
      expect(check(settings, 'real')).not.toThrow()
      expect(check(owner, 'real')).not.toThrow()
    } else {
      expect(check(settings, 'real')).toThrow(/^DATABASE_URL .*verify-full/)
      expect(check(owner, 'real')).toThrow(/^DATABASE_OWNER_URL .*verify-full/)
    }
  })

  test('accounts at Stripe are live ones in a real database, and none in a sample', () => {
    const PUBLIC_URL = 'https://tungdong.vn'
    const live = `${account('ha-noi', 1, 'live')}, ${account('ninh-thuan', 2, 'live')}`
    expect(check({ STRIPE_ACCOUNTS: live, PUBLIC_URL }, 'real')).not.toThrow()
    expect(check({ STRIPE_ACCOUNTS: live }, 'sample')).toThrow(/has a live key/)
    expect(check({ STRIPE_ACCOUNTS: account('ha-noi', 1) }, 'sample')).not.toThrow()
    expect(check({ STRIPE_ACCOUNTS: account('ha-noi', 1), PUBLIC_URL }, 'real')).toThrow(/for trying things out/)
    expect(check({ STRIPE_API_URL: 'http://stripe.example', PUBLIC_URL }, 'real')).toThrow(/STRIPE_API_URL must begin/)
  })

  test('a real one has a secret of its own for signing in', () => {
    expect(check({ PUBLIC_URL: 'https://tungdong.vn', AUTH_SECRET: '' }, 'real')).toThrow(/AUTH_SECRET is needed/)
    expect(check({ AUTH_SECRET: '' }, 'sample')).not.toThrow()
    expect(check({ AUTH_SECRET: 'short' }, 'sample')).toThrow(/AUTH_SECRET must have at least 32 characters/)
  })

  test('limits are never off for real', () => {
    expect(check({ RATE_LIMITS: 'off' }, 'sample')).not.toThrow()
    expect(check({ RATE_LIMITS: 'off', PUBLIC_URL: 'https://tungdong.vn' }, 'real')).toThrow(/RATE_LIMITS/)
  })

  test('what a database was made, it stays', () => {
    expect(check({ SITE_KIND: 'real', PUBLIC_URL: 'https://tungdong.vn' }, 'sample')).toThrow(/for ever/)
    expect(check({ SITE_KIND: 'sample' }, 'real')).toThrow(/for ever/)
  })
})
