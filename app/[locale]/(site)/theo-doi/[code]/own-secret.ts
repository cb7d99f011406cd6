import { cookies } from 'next/headers'
import type { ServerContext } from '@/lib/context'
import { isSecretOf } from '@/lib/pledges/commands'
import { keyCookie } from '@/lib/pledges/cookies'
import { fittingKeys, GATHERED_COOKIE, readGathered, type GiftKey } from '@/lib/pledges/gathered'

/** The secret of a pledge, where this browser holds it. */
export async function ownSecret(context: ServerContext, code: string): Promise<string | null> {
  const secret = (await cookies()).get(keyCookie(code))?.value
  return secret !== undefined && (await isSecretOf(context, code, secret)) ? secret : null
}

/** The keys that this browser gathered for one statement, those that open their gift. */
export const gatheredKeys = async (context: ServerContext): Promise<GiftKey[]> =>
  fittingKeys(context, readGathered((await cookies()).get(GATHERED_COOKIE)?.value))

/** Whether this browser holds the secret of a pledge, of its own page or gathered: its papers may say what is the donor's. */
export async function isOwner(context: ServerContext, code: string): Promise<boolean> {
  return (await ownSecret(context, code)) !== null || (await gatheredKeys(context)).some((key) => key.code === code)
}
