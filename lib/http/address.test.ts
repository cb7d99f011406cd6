import { expect, test } from 'vitest'
import { readableAddress } from './address'

test.for(['/', '/xa/ba-vi', '/xa/%E1%BA%A1', '/chien-dich?trang=%', '/api/gifts/TD2222222', '/_next/static/a%5Bb%5D.js'])(
  '%s is left as it is',
  (url) => {
    expect(readableAddress(url)).toBe(url)
  },
)

test.for([
  '/xa/%00',
  '/./xa',
  '/x/../theo-doi/TD2222222',
  '/%2e/theo-doi/TD2222222',
  '/x%2f..%2fxa',
  '/api/gifts/TD%2F222222',
  '/api/gifts/TD%5C222222',
  '/x\\..\\xa',
  '/[x',
  '/a#b',
  '/%',
  '/xa/%E0%A4%A',
  '/theo-doi/%ED%A0%80?a=1',
])('%s is the address of nothing', (url) => {
  expect(readableAddress(url)).toBe('/-')
  expect(readableAddress(`/en${url}`)).toBe('/en/-')
})

test.for(['//evil.example/xa', 'http://a/theo-doi/TD2222222', '*', '/x/..'])('%s is the address of nothing too', (url) => {
  expect(readableAddress(url)).toBe('/-')
})

test('a second question mark is text of the query', () => {
  expect(readableAddress('/tra-cuu?x=1?&ma=TD2')).toBe('/tra-cuu?x=1%3F&ma=TD2')
})
