import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { giftQr, NAPAS_LIMIT_VND, readVietQr, writeVietQr } from './vietqr'

const cases = z.array(z.tuple([z.string(), z.string()]))
const vectors = z
  .object({ ok: cases, crc_only: cases, bad: cases })
  .parse(JSON.parse(readFileSync(new URL('../../../tests/vectors/vietqr.json', import.meta.url), 'utf8')))

describe('published VietQR vectors', () => {
  test.each(vectors.ok)('%s is read and written again', (_source, text) => {
    const read = readVietQr(text)
    if (!read.ok) throw new Error(read.refusal)
    expect(writeVietQr(read.value)).toBe(text.slice(0, -4) + text.slice(-4).toUpperCase())
  })

  test.each([...vectors.crc_only, ...vectors.bad])('%s is refused', (_source, text) => {
    expect(readVietQr(text).ok).toBe(false)
  })

  test('every single changed character is noticed', () => {
    const [, text = ''] = vectors.ok[0] ?? []
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1)
      expect(readVietQr(changed).ok).toBe(false)
    }
  })
})

describe('the QR of a gift', () => {
  const gift = { bin: '970436', accountNumber: '0011009998887', amountVnd: 185_000n, code: 'TD7K4MX9Q' }

  test('carries account, amount and code', () => {
    const read = readVietQr(giftQr(gift))
    expect(read).toMatchObject({ ok: true, value: { bin: '970436', account: '0011009998887', amountVnd: 185_000n, purpose: 'TD7K4MX9Q' } })
  })

  test('leaves the amount out where NAPAS cannot carry it', () => {
    const amountOf = (amountVnd: bigint) => {
      const read = readVietQr(giftQr({ ...gift, amountVnd }))
      return read.ok ? read.value.amountVnd : undefined
    }
    expect(amountOf(NAPAS_LIMIT_VND - 1n)).toBe(NAPAS_LIMIT_VND - 1n)
    expect(amountOf(NAPAS_LIMIT_VND)).toBeNull()
  })

  test.each(['', 'x'.repeat(26), 'ủng hộ'])('refuses to write the purpose %j', (purpose) => {
    expect(() =>
      writeVietQr({ pointOfInitiation: '12', bin: '970436', account: '1', service: 'QRIBFTTA', amountVnd: 1n, billNumber: null, purpose }),
    ).toThrow(RangeError)
  })
})
