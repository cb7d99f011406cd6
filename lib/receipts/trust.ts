import type { Context } from '../context'
import { listWitnessKeys } from '../public-log/cosignatures'
import { getLogIdentity } from '../public-log/keys'
import { formatVerifierKey, parseVerifierKey } from '../tlog/keys'
import type { Trust } from './check'
import type { TrustTexts } from './model'
import { listSealKeys } from './seal'

/** By which keys this site's papers and entries are checked; null while the log has no key. */
export async function getTrust(context: Pick<Context, 'db'>): Promise<Trust | null> {
  const identity = await getLogIdentity(context.db)
  if (!identity) return null
  const witnessKeys = (await listWitnessKeys(context.db)).flatMap((text) => parseVerifierKey(text) ?? [])
  return { origin: identity.origin, logKeys: identity.keys, witnessKeys, sealKeys: await listSealKeys(context) }
}

/** The same as it is published, the newest key of the log and of papers first. */
export const trustTexts = ({ origin, logKeys, witnessKeys, sealKeys }: Trust): TrustTexts => ({
  origin,
  logKeys: logKeys.map(formatVerifierKey).reverse(),
  endedLogKeys: Object.fromEntries(logKeys.flatMap((key) => (key.lastSize === null ? [] : [[formatVerifierKey(key), key.lastSize]]))),
  witnessKeys: witnessKeys.map(formatVerifierKey),
  sealKeys: sealKeys.map(formatVerifierKey).reverse(),
})
