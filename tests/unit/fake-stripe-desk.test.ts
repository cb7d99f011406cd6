import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import Stripe from 'stripe'
import { type FakeServer, startFakeServer } from '../fakes/stripe/fake-stripe'
import { gift, refusalOf } from '../fakes/stripe/fixture'

const KEYS = ['sk_test_aKeyOfTheNorth1', 'sk_test_aKeyOfTheSouth1']

let server: FakeServer
let now: Date

beforeEach(async () => {
  now = new Date('2026-11-23T03:00:00Z')
  const wishes = KEYS.map((secretKey, index) => ({
    ...{ secretKey, webhookSecret: `whsec_ofFund${index}Nobody`, payee: `Quỹ ${index} <b>`, now: () => now },
  }))
  server = await startFakeServer({ hasDesk: true }, wishes)
})
afterEach(() => server.stop())

const client = (key = KEYS[0] ?? '') =>
  new Stripe(key, { host: server.host, port: server.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })
const page = async (path = '/') => {
  const answer = await fetch(new URL(path, server.url))
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}
const act = (session: string, what: string) =>
  fetch(server.url, { method: 'POST', body: new URLSearchParams({ session, act: what }), redirect: 'manual' })

test('two accounts at one address know nothing of each other, and each shows its own page', async () => {
  const [north, south] = [client(KEYS[0]), client(KEYS[1])]
  const { id, url } = await south.checkout.sessions.create(gift())
  expect((await north.checkout.sessions.list()).data).toEqual([])
  expect((await refusalOf(north.checkout.sessions.retrieve(id))).code).toBe('resource_missing')
  expect((await page(url ?? '')).html).toContain('Quỹ 1 &lt;b&gt;')
  expect((await refusalOf(client('sk_test_aKeyOfNobody').checkout.sessions.list())).statusCode).toBe(401)
})

test('pages run nothing, take nothing from elsewhere, and have the site’s own colours and letters', async () => {
  const { headers, html } = await page()
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/)
  expect(html).not.toMatch(/<script|style=/)
  expect((await page('/look.css')).html).toContain('--madder:')
  expect((await page('/fonts/be-vietnam-pro-latin-400.woff2')).status).toBe(200)
  expect((await page('/fonts/..%2f..%2fpackage.json')).status).not.toBe(200)
})

describe('the desk', () => {
  const paid = async (amount = 200_001): Promise<string> => {
    const { id } = await client().checkout.sessions.create(gift(amount))
    server.accounts[0]?.pay(id, 'good')
    now = new Date(now.getTime() + 3_000)
    return id
  }

  test('lists what was opened, in both languages', async () => {
    expect((await page()).html).toContain('Chưa có trang thanh toán nào')
    await client().checkout.sessions.create(gift())
    expect((await page('/?lang=en')).html).toMatch(/TD2345672<\/a>, ₫200,000/)
  })

  test('confirms what waits for a bank, or refuses it', async () => {
    const { id } = await client().checkout.sessions.create(gift())
    server.accounts[0]?.pay(id, 'async')
    expect((await page()).html).toContain('value="confirm"')
    expect((await act(id, 'confirm')).status).toBe(303)
    expect((await client().checkout.sessions.retrieve(id)).payment_status).toBe('paid')
    const again = await act(id, 'refuse')
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('role="alert"')])
  })

  test('sends half back, the rest, and nothing more', async () => {
    const id = await paid()
    expect([(await act(id, 'half')).status, (await act(id, 'all')).status, (await act(id, 'all')).status]).toEqual([303, 303, 400])
    expect((await client().refunds.list()).data.map(({ amount }) => amount)).toEqual([100_001, 100_000])
    expect((await page()).html).not.toContain('name="act"')
  })

  test.each(['win', 'lose'])('opens a dispute and lets the fund %s', async (end) => {
    const id = await paid()
    expect([(await act(id, 'dispute')).status, (await act(id, end)).status]).toEqual([303, 303])
    expect((await client().disputes.list()).data.map(({ status }) => status)).toEqual([end === 'win' ? 'won' : 'lost'])
  })

  test('does nothing about what it does not know', async () => {
    expect([(await act('cs_test_none', 'all')).status, (await act(await paid(), 'nonsense')).status]).toEqual([400, 400])
  })
})
