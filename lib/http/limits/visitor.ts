import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** Made anew by each process and never written down: names of visitors mean nothing outside it, and nothing after it. */
const KEY = randomBytes(32)

/** Names for whoever sent a request, for counting only: the same for the same address, and of no use for finding it. */
export interface Visitor {
  /** An address of IPv4, or the /64 network of one of IPv6, of which a household or a phone has at least one to itself. */
  address: string
  /** Its /48 network, of which who rents a server may have all 65,536 parts; null for IPv4. */
  network: string | null
}

/** @param trustedProxies how many proxies of ours stand in front; 0 believes no header */
export function visitorOf(request: IncomingMessage, trustedProxies: number): Visitor {
  const address = networkOf(addressOf(request, trustedProxies))
  const network = widerNetworkOf(address)
  return { address: nameOf(address), network: network === null ? null : nameOf(network) }
}

const nameOf = (counted: string): string => createHmac('sha256', KEY).update(counted).digest('base64url').slice(0, 16)

/** In which the door tells a handler the address of a request. What a visitor writes into it is thrown away. */
export const ADDRESS_HEADER = 'x-tung-dong-address'

/**
 * The address a request came from: the socket's, or the one that the outermost of our proxies saw. What stands
 * further left in X-Forwarded-For was written by the visitor.
 */
export function addressOf(
  { headers, socket }: { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } },
  trustedProxies: number,
): string {
  const socketAddress = socket.remoteAddress ?? ''
  if (trustedProxies === 0) return socketAddress
  const hops = String(headers['x-forwarded-for'] ?? '').split(',')
  const hop = withoutPort((hops.at(-trustedProxies) ?? '').trim())
  return isIP(hop) ? hop : socketAddress
}

const withoutPort = (hop: string): string => /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop

/** What counts as one visitor: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%')
  if (isIP(bare) !== 6) return bare
  // The URL parser writes every IPv6 address in one way, its last four bytes in hexadecimal too.
  const written = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [left = '', right] = written.split('::')
  const groups = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const all = right === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - tail.length).fill('0'), ...tail]
  const isMapped = all.slice(0, 5).every((group) => group === '0') && all[5] === 'ffff'
  if (!isMapped) return `${all.slice(0, 4).join(':')}::/64`
  const bytes = all.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
  return bytes.join('.')
}

/** The first 48 bits of what counts as one visitor of IPv6; null for IPv4. */
export const widerNetworkOf = (network: string): string | null => {
  const [first, second, third] = network.endsWith('::/64') ? network.split(':') : []
  return third === undefined ? null : `${first}:${second}:${third}::/48`
}
