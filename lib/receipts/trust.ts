import type { Context } from '../context'
import { getLogIdentity } from '../public-log/keys'
import { formatVerifierKey } from '../tlog/keys'
import type { Trust } from './check'
import type { TrustTexts } from './model'
import { listSealKeys } from './seal'

/** By which keys this site's papers and entries are checked; null while the log has no key. */
export async function getTrust(context: Pick<Context, 'db'>): Promise<Trust | null> {
  const identity = await getLogIdentity(context.db)
  return identity && { origin: identity.origin, logKeys: identity.keys, sealKeys: await listSealKeys(context) }
}

/** The same as it is published, the newest key first. */
export const trustTexts = ({ origin, logKeys, sealKeys }: Trust): TrustTexts => ({
  origin,
  logKeys: logKeys.map(formatVerifierKey).reverse(),
  sealKeys: sealKeys.map(formatVerifierKey).reverse(),
})
