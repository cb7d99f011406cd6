import { expect, test } from 'vitest'
import { commandEntry, exampleEntry } from './example'

test('commands name the tile that has an entry, cut where the log ends', () => {
  expect(commandEntry(853, 1100)).toEqual({ entry: 853, tile: 'tile/0/003', first: 768, last: 1023 })
  expect(commandEntry(1041, 1100)).toEqual({ entry: 1041, tile: 'tile/0/004.p/76', first: 1024, last: 1099 })
  expect(commandEntry(1279, 1280)).toEqual({ entry: 1279, tile: 'tile/0/004', first: 1024, last: 1279 })
  expect([exampleEntry(1100), exampleEntry(9), exampleEntry(0)]).toEqual([
    ...[commandEntry(853, 1100), commandEntry(3, 9), { entry: 0, tile: 'tile/0/000.p/1', first: 0, last: 0 }],
  ])
})
