import { createHash, randomBytes } from 'node:crypto'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import type { Adapter, AdapterUser, VerificationToken } from 'next-auth/adapters'
import { z } from 'zod'
import type { ServerContext } from '../../context'
import { describeError, log } from '../../log'
import { beginSession } from '../sessions'
import { addLink, findMember, useLink } from './links'
import { SESSION_COOKIE, TOKEN_SECONDS } from './token'

const CSRF_COOKIE = 'td_csrf'
/** A link is good for so long (ASVS 6.5.5). */
export const LINK_MINUTES = 10

/** As next-auth gives it, for requests and responses of Next's API routes. */
type Handler = (request: unknown, response: unknown) => Promise<unknown>

/** What differs from one use to another. */
interface Use {
  /** Where from, shortened; the session that begins remembers it. */
  network: string
  /** Told the link's token once it is kept. */
  onLink?: (token: string) => Promise<void>
}

/** Of people next-auth needs an address; it makes nobody up, for who is not known is not let in. */
function adapterOf(context: ServerContext): Adapter {
  const userOf = async (email: string): Promise<AdapterUser | null> => {
    const member = await findMember(context.db, email)
    return member && { id: member.id, email: member.email, emailVerified: null }
  }
  return {
    getUserByEmail: userOf,
    updateUser: ({ id }) => Promise.resolve({ id, email: '', emailVerified: null }),
    async createVerificationToken(given) {
      await addLink(context, { email: given.identifier, tokenHash: given.token, minutes: LINK_MINUTES })
      return given
    },
    async useVerificationToken({ identifier, token }): Promise<VerificationToken | null> {
      const isGood = await useLink(context, { email: identifier, tokenHash: token })
      // Whether it was too old was asked above, on the clock of the installation.
      return isGood ? { identifier, token, expires: new Date(Date.now() + 60_000) } : null
    },
  }
}

function optionsOf(context: ServerContext, { network, onLink }: Use): NextAuthOptions {
  let link: string | undefined
  const plain = { httpOnly: true, sameSite: 'lax', path: '/', secure: false } as const
  const adapter = adapterOf(context)
  return {
    secret: context.staff.secret,
    adapter: {
      ...adapter,
      async createVerificationToken(given) {
        const kept = await adapter.createVerificationToken?.(given)
        if (link !== undefined) await onLink?.(link)
        return kept ?? null
      },
    },
    session: { strategy: 'jwt', maxAge: TOKEN_SECONDS },
    // Ours are the names: they go out under other ones (lib/http/cookies).
    cookies: {
      sessionToken: { name: SESSION_COOKIE, options: plain },
      csrfToken: { name: CSRF_COOKIE, options: plain },
      callbackUrl: { name: 'td_ve', options: plain },
    },
    providers: [
      {
        ...{ id: 'email', type: 'email', name: 'Email', server: '', from: '', options: {}, maxAge: LINK_MINUTES * 60 },
        // Called before the link is kept: it is sent afterwards.
        sendVerificationRequest({ token }) {
          link = token
        },
      },
    ],
    callbacks: {
      signIn: async ({ user }) => (await findMember(context.db, user.email ?? '')) !== null,
      // The only thing that a token carries is the id of a session, which is looked up on each request.
      async jwt({ user, token }) {
        if (typeof user.email !== 'string') return token
        const sid = await beginSession(context.db, {
          ...{ now: context.now(), staffId: user.id, network, idleSeconds: context.staff.idleSeconds },
        })
        return { sid }
      },
    },
    logger: {
      error: (code, metadata) => log.error({ event: 'sign_in_failed', code, error: describeError(metadata) }),
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

/**
 * Calls one of next-auth's routes as its own API handler would be called. It exports no core, and its redirects are not
 * ours: so it is given a pair of CSRF values that fit each other (the gate has seen where the form came from), and what
 * it answers is read off a response that goes nowhere.
 */
export async function callNextAuth(
  context: ServerContext,
  use: Use,
  {
    route,
    method,
    query = {},
    body = {},
  }: { route: [string, string]; method: 'GET' | 'POST'; query?: Record<string, string>; body?: Record<string, string> },
): Promise<string | null> {
  const csrf = randomBytes(32).toString('hex')
  const csrfHash = createHash('sha256').update(`${csrf}${context.staff.secret}`).digest('hex')
  const headers = new Map<string, unknown>()
  const response = {
    status: () => response,
    setHeader: (name: string, value: unknown) => (headers.set(name.toLowerCase(), value), response),
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    end: () => undefined,
    json: () => undefined,
    send: () => undefined,
  }
  const request = {
    ...{ method, headers: {}, query: { ...query, nextauth: route }, body: { ...body, csrfToken: csrf } },
    cookies: { [CSRF_COOKIE]: `${csrf}|${csrfHash}` },
  }
  const handler = z.custom<Handler>((given) => typeof given === 'function').parse(NextAuth(optionsOf(context, use)))
  await handler(request, response)
  const set = [headers.get('set-cookie') ?? []].flat().map(String)
  const own = set.find((value) => value.startsWith(`${SESSION_COOKIE}=`))
  return own ? (/=([^;]*)/.exec(own)?.[1] ?? null) : null
}
