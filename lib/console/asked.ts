import type { ServerContext } from '../context'
import { ADDRESS_HEADER, networkOf, widerNetworkOf } from '../http/limits/visitor'
import type { Locale } from '../i18n/locale'
import type { Staff } from '../staff/model'
import { findStaff } from '../staff/sessions'
import { SESSION_COOKIE, sessionIdOf } from '../staff/sign-in/token'

/** What of a request says who asks: `Headers`, or what Next gives a page in their place. */
export interface AskedHeaders {
  get: (name: string) => string | null
}

/** Where a request comes from, as the trail keeps it: /24 of an IPv4 address, /48 of an IPv6 one. */
export function networkAsked(headers: AskedHeaders): string {
  const address = headers.get(ADDRESS_HEADER) ?? ''
  const network = networkOf(address)
  if (/^\d+\.\d+\.\d+\.\d+$/.test(network)) return network.replace(/\.\d+$/, '.0/24')
  return widerNetworkOf(network) ?? 'unknown'
}

/** A cookie of a request, as the browser sent it. */
export function cookieOf(headers: AskedHeaders, name: string): string | undefined {
  const pair = (headers.get('cookie') ?? '').split(/; */).find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}

/** Who asks: the person behind the browser's session; null where nobody is signed in. */
export async function staffAsking(context: ServerContext, headers: AskedHeaders, locale: Locale): Promise<Staff | null> {
  const sessionId = await sessionIdOf(context.staff.secret, cookieOf(headers, SESSION_COOKIE))
  return sessionId === null ? null : findStaff(context, { sessionId, network: networkAsked(headers) }, locale)
}
