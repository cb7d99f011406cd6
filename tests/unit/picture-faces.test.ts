import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { drawable } from '../../components/link-picture/picture-card'

const FOLDER = new URL('../../node_modules/@fontsource/be-vietnam-pro/files/', import.meta.url)

/** Code points that a face has letters for: table cmap, format 4 (OpenType), in a WOFF 1.0 file. */
function lettersOf(face: string): Set<number> {
  const file = readFileSync(new URL(face, FOLDER))
  const entries = Array.from({ length: file.readUInt16BE(12) }, (_, index) => 44 + index * 20)
  const entry = entries.find((at) => file.toString('latin1', at, at + 4) === 'cmap')
  if (entry === undefined) throw new Error(`${face} has no cmap`)
  const [from, size, fullSize] = [file.readUInt32BE(entry + 4), file.readUInt32BE(entry + 8), file.readUInt32BE(entry + 12)]
  const packed = file.subarray(from, from + size)
  const table = size < fullSize ? inflateSync(packed) : packed
  const letters = new Set<number>()
  for (let one = 0; one < table.readUInt16BE(2); one++) {
    const at = table.readUInt32BE(4 + one * 8 + 4)
    if (table.readUInt16BE(at) !== 4) continue
    const twice = table.readUInt16BE(at + 6)
    for (let segment = 0; segment < twice; segment += 2) {
      const last = table.readUInt16BE(at + 14 + segment)
      for (let code = table.readUInt16BE(at + 16 + twice + segment); code <= last && code !== 0xffff; code++) letters.add(code)
    }
  }
  return letters
}

const VIETNAMESE = 'aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ'

describe('what is drawn in a picture', () => {
  it.each([400, 600])('has a letter in the faces, whatever is said: nothing is fetched for it (%i)', (weight) => {
    const letters = new Set(['latin', 'vietnamese'].flatMap((part) => [...lettersOf(`be-vietnam-pro-${part}-${weight}-normal.woff`)]))
    expect(letters.size).toBeGreaterThan(300)
    const drawn = new Set<string>()
    for (let code = 0; code < 0x30000; code++) for (const sign of drawable(String.fromCodePoint(code))) drawn.add(sign)
    expect([...drawn].filter((sign) => !letters.has(sign.codePointAt(0) ?? 0))).toEqual([])
  })

  it('keeps every Vietnamese letter, however it was typed, and what a sum is written with', () => {
    const text = `${VIETNAMESE}${VIETNAMESE.toUpperCase()} 1.250.000\u00a0₫ “xã”, 2026–2027 (10,3 %) · …`
    expect(drawable(text)).toBe(text)
    expect(drawable(VIETNAMESE.normalize('NFD'))).toBe(VIETNAMESE)
  })

  it('leaves marks away that the faces lack, and signs that they lack altogether', () => {
    expect(drawable('Dvořák → Áo ấm 🧥 中\u2060')).toBe('Dvorák  Áo ấm')
  })
})
