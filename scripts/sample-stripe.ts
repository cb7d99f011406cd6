import { createHash } from 'node:crypto'
import type { CardAccount, CardSettings, ServerContext } from '../lib/context'
import { SettingError, type Env } from '../lib/env'
import { listFunds } from '../lib/funds/queries'

/** What stands in for Stripe in a sample: the tests' own fake, which forgets everything when it ends. */
export interface StandIn {
  cards: CardSettings
  /** Where browsers reach its pages. */
  url: string
  stop: () => Promise<void>
}

/** So many ports after the site's are tried. */
const NEIGHBOURS = 20

/**
 * Starts what stands in for Stripe, with an account for each fund, which tells this site at once of what happens there.
 * Its code is loaded here alone.
 */
export async function startStandIn(env: Env, context: ServerContext): Promise<StandIn> {
  const { startFakeServer } = await import('../tests/fakes/stripe/fake-stripe')
  const accounts = (await listFunds(context, 'vi')).map(({ slug, name }) => ({
    ...{ fundSlug: slug, payee: name },
    ...{ secretKey: `sk_test_${madeUp(context, `key/${slug}`)}`, webhookSecret: `whsec_${madeUp(context, `webhook/${slug}`)}` },
  }))
  const wishes = accounts.map(({ secretKey, webhookSecret, payee }) => ({
    ...{ now: context.now, secretKey, webhookSecret, payee },
    ...{ deliver: 'at once' as const, webhookUrl: `${env.selfOrigin}/api/webhooks/stripe` },
  }))
  for (const port of portsOf(env)) {
    const publicUrl = env.SAMPLE_STRIPE_URL ?? `http://${new URL(env.publicOrigin).hostname}:${port}`
    try {
      const server = await startFakeServer({ host: env.HOST, port, publicUrl, hasDesk: true }, wishes)
      const apiUrl = `http://${new URL(env.selfOrigin).hostname}:${port}`
      const settings = accounts.map(({ payee: _payee, ...account }): [string, CardAccount] => [account.fundSlug, { ...account, apiUrl }])
      return { cards: { accounts: new Map(settings) }, url: publicUrl, stop: () => server.stop() }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    }
  }
  throw new SettingError(
    env.SAMPLE_STRIPE_PORT === undefined
      ? `SAMPLE_STRIPE_PORT is needed: the ${NEIGHBOURS} ports after PORT are in use by other programs`
      : `SAMPLE_STRIPE_PORT ${env.SAMPLE_STRIPE_PORT} is in use by another program: set it to another number`,
  )
}

function portsOf(env: Env): number[] {
  if (env.SAMPLE_STRIPE_PORT !== undefined) return [env.SAMPLE_STRIPE_PORT]
  return Array.from({ length: NEIGHBOURS }, (_, index) => env.PORT + 1 + index).filter((port) => port <= 65_535)
}

/** A key of this sample, the same after each start. */
const madeUp = ({ installation }: ServerContext, purpose: string): string =>
  createHash('sha256').update(`tung-dong/sample-stripe/${installation.uid}/${purpose}`).digest('hex').slice(0, 32)
