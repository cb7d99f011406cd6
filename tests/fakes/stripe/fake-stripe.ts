import { createServer } from 'node:http'
import { type AccountOptions, type FakeAccount, openAccount } from './account'
import { serve } from './server'

/** Where a fake listens. */
export interface FakeServerOptions {
  host?: string
  port?: number
  /** Where browsers reach the hosted pages, when that is not where the server listens. */
  publicUrl?: string
  /** Whether a page at its root lets people play bank and dispute; Stripe has none there. */
  hasDesk?: boolean
}

/** A running fake. */
export interface FakeServer {
  url: string
  host: string
  port: number
  /** In the order in which they were asked for. */
  accounts: FakeAccount[]
  stop: () => Promise<void>
}

export type FakeStripeOptions = AccountOptions & FakeServerOptions
export type FakeStripe = FakeAccount & Omit<FakeServer, 'accounts'>

/**
 * Starts Stripe in memory, which the real client talks to: `new Stripe(key, { host, port, protocol: 'http' })`. Which
 * account is meant is told by the key, as at Stripe.
 */
export async function startFakeServer(
  { host = '127.0.0.1', port = 0, publicUrl, hasDesk = false }: FakeServerOptions,
  wishes: readonly AccountOptions[],
): Promise<FakeServer> {
  const opened = wishes.map(openAccount)
  const site = { accounts: opened.map(({ served }) => served), hasDesk }
  const server = createServer((request, response) => {
    serve(site, request, response).catch((error: unknown) => {
      console.error(error)
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the fake has no port')
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
  for (const { served } of opened) served.api.origin = publicUrl ?? url
  return {
    url,
    host,
    port: bound.port,
    accounts: opened.map(({ account }) => account),
    async stop() {
      for (const { close } of opened) close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The same with one account. */
export async function startFakeStripe({ host, port, publicUrl, hasDesk, ...wish }: FakeStripeOptions): Promise<FakeStripe> {
  const place = { host, port, publicUrl, hasDesk }
  const { accounts, ...server } = await startFakeServer(Object.fromEntries(Object.entries(place).filter(([, one]) => one !== undefined)), [
    wish,
  ])
  const [account] = accounts
  if (!account) throw new Error('the fake has no account')
  return { ...server, ...account }
}
