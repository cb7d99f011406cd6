import { expect, test } from 'vitest'
import { readableAddress } from './address'

test.for(['/', '/xa/ba-vi', '/xa/%E1%BA%A1', '/chien-dich?trang=%', '/api/gifts/TD2222222', '/_next/static/a%5Bb%5D.js'])(
  '%s is left as it is',
  (url) => {
    expect(readableAddress(url)).toBe(url)
  },
)

test.for(['/xa/%00', '/%', '/xa/%E0%A4%A', '/theo-doi/%ED%A0%80?a=1'])('%s is the address of nothing', (url) => {
  expect(readableAddress(url)).toBe('/-')
  expect(readableAddress(`/en${url}`)).toBe('/en/-')
})
