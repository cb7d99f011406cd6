import { expect, test } from 'vitest'
import { CARD_NOTES } from './model'
import { notedGiftPath, readCardNote, refusedCardPath } from './notes'

const wordOf = (path: string) => new URL(path, 'http://x').searchParams.get('the') ?? undefined

test('a note is read off the address that it was written into, and nothing else is one', () => {
  for (const note of CARD_NOTES) expect(readCardNote(wordOf(notedGiftPath('en', 'TD7K4MX9Q', note)))).toBe(note)
  expect([readCardNote(undefined), readCardNote(''), readCardNote('<b>'), readCardNote(['huy', 'xong'])]).toEqual([null, null, null, null])
})

test('whatever a card page is refused for, the donor is led somewhere that says it', () => {
  expect(refusedCardPath('vi', 'TD7K4MX9Q', 'not_open')).toBe('/theo-doi/TD7K4MX9Q')
  expect(refusedCardPath('en', 'TD7K4MX9Q', 'challenge')).toBe('/en/theo-doi/TD7K4MX9Q/the/xac-minh')
  const noted = (['not_found', 'no_cards', 'paused', 'unreachable'] as const).map((refusal) => refusedCardPath('en', 'TD7K4MX9Q', refusal))
  expect(noted.map((path) => readCardNote(wordOf(path)))).toEqual(['no_key', 'no_cards', 'paused', 'unreachable'])
})
