import { cookies } from 'next/headers'
import type { ServerContext } from '@/lib/context'
import { isSecretOf } from '@/lib/pledges/commands'
import { keyCookie } from '@/lib/pledges/cookies'

/** The secret of a pledge, where this browser holds it. */
export async function ownSecret(context: ServerContext, code: string): Promise<string | null> {
  const secret = (await cookies()).get(keyCookie(code))?.value
  return secret !== undefined && (await isSecretOf(context, code, secret)) ? secret : null
}
