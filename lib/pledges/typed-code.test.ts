import { describe, expect, it } from 'vitest'
import { createPaymentCode } from './codes'
import { readTypedCode } from './typed-code'

const code = createPaymentCode((size) => new Uint8Array(size).fill(7))

describe('readTypedCode', () => {
  it('reads a code in small letters, with spaces, dashes, and a Vietnamese Đ', () => {
    expect(readTypedCode(code)).toEqual({ kind: 'code', code })
    expect(readTypedCode(` ${code.toLowerCase().replace(/(...)/g, '$1 ')}`)).toEqual({ kind: 'code', code })
    expect(readTypedCode(code.replace('TD', 'tđ-'))).toEqual({ kind: 'code', code })
  })

  it('says what is wrong', () => {
    expect(readTypedCode('  ')).toEqual({ kind: 'empty' })
    expect(readTypedCode('áo ấm')).toMatchObject({ kind: 'shape' })
    expect(readTypedCode('…')).toEqual({ kind: 'shape', code: '…' })
    expect(readTypedCode('TDO234561')).toMatchObject({ kind: 'confused', symbols: ['O', '1'] })
    expect(readTypedCode(code.slice(0, 8))).toMatchObject({ kind: 'length', count: 8 })
    expect(readTypedCode(code.slice(0, 8) + (code.endsWith('2') ? '3' : '2'))).toMatchObject({ kind: 'typo' })
  })

  it('never shows more than a line of what was typed', () => {
    const read = readTypedCode('X'.repeat(10_000))
    expect('code' in read && read.code.length).toBe(40)
  })
})
