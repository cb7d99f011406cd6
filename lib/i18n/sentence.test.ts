import { describe, expect, it } from 'vitest'
import { inSentence, together } from './sentence'

const plain = (text: string): string => text.replaceAll('\u00a0', '_').replaceAll('\u2060', '|')

describe('a name in a line', () => {
  it('stays whole, and in Vietnamese with the kind of its place', () => {
    expect(plain(together('Áo ấm cho trẻ em xã Lâm Sơn, mùa đông 2026'))).toBe('Áo ấm cho trẻ em xã_Lâm_Sơn, mùa đông 2026')
    expect(plain(together('Phường Đô Vinh và xã Bác Ái Đông'))).toBe('Phường_Đô_Vinh và xã_Bác_Ái_Đông')
    expect(plain(together('Warm coats for Lam Son Commune, winter'))).toBe('Warm coats for Lam_Son Commune, winter')
  })

  it('leaves other words alone', () => {
    expect(together('Các xã miền núi, Mỹ Sơn')).toBe('Các xã miền núi, Mỹ Sơn')
  })

  it('keeps the years of a school year on one line', () => {
    expect(plain(together('năm học 2026–2027'))).toBe('năm học 2026|–|2027')
  })

  it('is written small in Vietnamese', () => {
    expect(plain(inSentence('Xã Ba Vì', 'vi'))).toBe('xã_Ba_Vì')
    expect(plain(inSentence('Ba Vi Commune', 'en'))).toBe('Ba_Vi Commune')
  })
})
