import { expect, test } from 'vitest'
import { ownCookies } from './cookies'

test.each([
  ['__Secure-tdk_TD7K4MX9Q=abc; __Secure-td_nhap=x=y', 'tdk_TD7K4MX9Q=abc; td_nhap=x=y'],
  ['a=1;__Secure-b=2; c=3', 'b=2'],
  ['tdk_TD7K4MX9Q=forged; __Secure-tdk_TD7K4MX9Q=abc', 'tdk_TD7K4MX9Q=abc'],
  ['tdk_TD7K4MX9Q=forged', ''],
  ['x=__Secure-a=1', ''],
  ['', ''],
])('of %j those that came over TLS are read: %j', (header, own) => {
  expect(ownCookies(header)).toBe(own)
})
