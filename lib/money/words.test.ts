import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { englishWords, vietnameseWords } from './words'

describe('a sum in Vietnamese words', () => {
  it.each([
    [0n, 'không'],
    [5n, 'năm'],
    [10n, 'mười'],
    [11n, 'mười một'],
    [15n, 'mười lăm'],
    [20n, 'hai mươi'],
    [21n, 'hai mươi mốt'],
    [24n, 'hai mươi bốn'],
    [25n, 'hai mươi lăm'],
    [100n, 'một trăm'],
    [101n, 'một trăm linh một'],
    [105n, 'một trăm linh năm'],
    [110n, 'một trăm mười'],
    [115n, 'một trăm mười lăm'],
    [185_000n, 'một trăm tám mươi lăm nghìn'],
    [1_000_000n, 'một triệu'],
    [1_000_005n, 'một triệu không trăm linh năm'],
    [1_250_000n, 'một triệu hai trăm năm mươi nghìn'],
    [1_050_000n, 'một triệu không trăm năm mươi nghìn'],
    [2_005_021n, 'hai triệu không trăm linh năm nghìn không trăm hai mươi mốt'],
    [1_000_000_000n, 'một tỷ'],
    [1_000_000_001n, 'một tỷ không trăm linh một'],
    [12_000_500_000n, 'mười hai tỷ không trăm linh không triệu năm trăm nghìn'.replace('không trăm linh không triệu ', '')],
    [2_500_000_000_000n, 'hai nghìn năm trăm tỷ'],
    [10n ** 18n, 'một tỷ tỷ'],
  ])('%s', (number, words) => {
    expect(vietnameseWords(number)).toBe(words)
  })

  it('says each number in its own way, without a gap', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n }), (one, other) => {
        const said = vietnameseWords(one)
        expect(said).toMatch(/^\p{L}+(?: \p{L}+)*$/u)
        expect(said === vietnameseWords(other)).toBe(one === other)
      }),
    )
  })
})

describe('a sum in English words', () => {
  it.each([
    [0n, 'zero'],
    [21n, 'twenty-one'],
    [105n, 'one hundred and five'],
    [185_000n, 'one hundred and eighty-five thousand'],
    [1_250_005n, 'one million two hundred and fifty thousand and five'],
    [1_000_100n, 'one million one hundred'],
    [2_000_000_000n, 'two billion'],
  ])('%s', (number, words) => {
    expect(englishWords(number)).toBe(words)
  })
})

it('refuses what is no sum', () => {
  expect(() => vietnameseWords(-1n)).toThrow(RangeError)
  expect(() => englishWords(10n ** 21n)).toThrow(RangeError)
})
