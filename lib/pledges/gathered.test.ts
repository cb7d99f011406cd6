import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createPaymentCode } from './codes'
import {
  closedLinks,
  fittingText,
  gather,
  gatheredCookies,
  keysIn,
  MOST_GATHERED,
  readGathered,
  readReturnedLinks,
  returnedLinksCookies,
  without,
} from './gathered'

let made = 0
const code = () => createPaymentCode((size) => new Uint8Array(createHash('sha256').update(String(made++)).digest()).subarray(0, size))
const key = () => ({ code: code(), secret: `${'s-_x'.repeat(5)}${String(made).padStart(2, '0').slice(-2)}` })
const [ONE, TWO] = [key(), key()]
const valueOf = (cookie: string | undefined) => /=([^;]*)/.exec(cookie ?? '')?.[1]

describe('gathered keys', () => {
  test('go with the pages of gifts in each language, and with no others', () => {
    const [vi, en] = gatheredCookies([ONE, TWO], true)
    expect([vi, en].map((cookie) => cookie?.replace(/^[^;]*; /, ''))).toEqual([
      'Path=/theo-doi; Max-Age=86400; HttpOnly; SameSite=Lax; Secure',
      'Path=/en/theo-doi; Max-Age=86400; HttpOnly; SameSite=Lax; Secure',
    ])
    expect(readGathered(valueOf(vi))).toEqual([ONE, TWO])
    expect(gatheredCookies(without([ONE], ONE.code), true)[0]).toContain('Max-Age=0')
  })

  test('are read one by one, whatever else a cookie says', () => {
    expect(readGathered(`x.${ONE.code}:short.TD2222223:${ONE.secret}.${TWO.code}:${TWO.secret}`)).toEqual([TWO])
    expect([readGathered(undefined), readGathered('')]).toEqual([[], []])
  })

  test('are as many as a cookie has room for, and of a code the newest', () => {
    const most = Array.from({ length: MOST_GATHERED }, key)
    expect(new Set(most.map((one) => one.code)).size).toBe(MOST_GATHERED)
    expect(gather(most.slice(1), [ONE]).ok).toBe(true)
    expect(gather(most, [ONE])).toEqual({ ok: false, refusal: 'too_many' })
    expect((valueOf(gatheredCookies(most, true)[0]) ?? '').length).toBeLessThan(2_048)
    expect(gather([ONE, TWO], [{ ...ONE, secret: TWO.secret }])).toEqual({ ok: true, value: [{ ...ONE, secret: TWO.secret }, TWO] })
  })
})

test('private links are found in whatever was pasted, in capitals or not, and a code alone is none', () => {
  const text = `Khoản 1: https://tungdong.vn/theo-doi/${ONE.code}/khoa/${ONE.secret}, và\r\n/en/theo-doi/${TWO.code.toLowerCase()}/khoa/${TWO.secret}\n${ONE.code}`
  expect(keysIn(text)).toEqual([ONE, TWO])
  expect(keysIn(`/theo-doi/${ONE.code}/khoa/${ONE.secret}x ${ONE.code}:${ONE.secret}`)).toEqual([])
})

test('of a line with a good link and a bad one the bad one comes back, and other lines as they were typed', () => {
  const link = ({ code: of, secret }: typeof ONE) => `https://tungdong.vn/theo-doi/${of}/khoa/${secret}`
  const THREE = key()
  const text = `${link(ONE)} ${link(TWO)}\r\n\n${ONE.code}\n x ${link(THREE)}\n${link(ONE)}`
  expect(closedLinks(text, [ONE])).toBe(`/theo-doi/${TWO.code}/khoa/${TWO.secret}\n${ONE.code}\n x ${link(THREE)}`)
})

test('more links than a statement takes come back whole, and of many more whole lines', () => {
  const [few, many] = [Array.from({ length: MOST_GATHERED + 1 }, key), Array.from({ length: 200 }, key)]
  const typed = (keys: typeof few) =>
    keys.map(({ code: of, secret }) => `Khoản: https://tungdong.vn/en/theo-doi/${of}/khoa/${secret}`).join('\n')
  const back = fittingText(typed(few))
  expect([keysIn(back.text), back.isWhole]).toEqual([few, true])
  const part = fittingText(typed(many))
  const kept = keysIn(part.text)
  expect([kept, part.isWhole, part.text.split('\n').length]).toEqual([many.slice(0, kept.length), false, kept.length])
  expect(kept.length).toBeGreaterThan(50)
  expect((valueOf(returnedLinksCookies(part.text, ONE.code, true)[0]) ?? '').length).toBeLessThan(3_600)
})

test('lines that opened nothing come back to the statement they were typed on', () => {
  const [vi, en] = returnedLinksCookies('một dòng', ONE.code, false)
  expect(readReturnedLinks(valueOf(vi))).toBe('một dòng')
  expect(en).toContain(`Path=/en/theo-doi/${ONE.code}/bang-ke;`)
  expect(returnedLinksCookies('', ONE.code, false)[0]).toContain('Max-Age=0')
})
