import { describe, expect, test } from 'vitest'
import { addressOf, networkOf, widerNetworkOf } from './visitor'

// Everything stands in the ranges for documentation: 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32.
const from = (remoteAddress: string, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
})

describe('the address of a request', () => {
  test.each<[string, string | undefined, number, string]>([
    ['no header is believed without a proxy', '203.0.113.9', 0, '192.0.2.1'],
    ['one proxy wrote the last hop', '203.0.113.9, 198.51.100.7', 1, '198.51.100.7'],
    ['of two proxies the outer one saw the visitor', 'x, 198.51.100.7, 10.0.0.2', 2, '198.51.100.7'],
    ['with a port', '198.51.100.7:4711', 1, '198.51.100.7'],
    ['IPv6 with a port', '[2001:db8::7]:443', 1, '2001:db8::7'],
    ['what is no address is the socket’s', 'unknown', 1, '192.0.2.1'],
    ['fewer hops than proxies are the socket’s', '198.51.100.7', 2, '192.0.2.1'],
    ['no header is the socket’s', undefined, 1, '192.0.2.1'],
  ])('%s', (_what, forwarded, proxies, address) => {
    expect(addressOf(from('192.0.2.1', forwarded), proxies)).toBe(address)
  })
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each([
  ['192.0.2.1', null],
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['0:0:0:0::/64', '0:0:0::/48'],
  ['', null],
])('%s lies in the wider network %s', (network, wider) => {
  expect(widerNetworkOf(network)).toBe(wider)
})
