import { hkdfSync } from 'node:crypto'
import { asc } from 'drizzle-orm'
import { receiptKeys } from '../../db/schema'
import type { Context } from '../context'
import { formatSigningKey, formatVerifierKey, parseSigningKey, parseVerifierKey, type SigningKey, type VerifierKey } from '../tlog/keys'
import { formatNote, signNote } from '../tlog/note'
import { sealText, withSeal } from './sealed'

/** What sealing papers needs of the server. */
export interface Sealing extends Pick<Context, 'db' | 'now'> {
  publicLog: { origin: string }
  staff: { secret: string }
}

/**
 * Seals a paper (./sealed). The key is made of the server's own secret, as the links printed on receipts are: each process has
 * it, it is kept nowhere, and it is not the key of the log, which only the process that leads needs. Its public half is kept from
 * its first use on, so that papers from before a change of the secret can be checked for ever.
 */
export async function sealPaper(sealing: Sealing, content: Uint8Array): Promise<Uint8Array> {
  const key = await keepSealKey(sealing)
  const text = sealText(key.name, content)
  return withSeal(content, formatNote(text, [signNote(text, key)]))
}

/**
 * Keeps the public half of the key that seals papers now. A server does so before it answers anybody: a page that checks, or one
 * that is saved, knows the key of the first paper that is made after it.
 */
export async function keepSealKey(sealing: Sealing): Promise<SigningKey> {
  const key = sealKeyOf(sealing)
  await sealing.db
    .insert(receiptKeys)
    .values({ verifierKey: formatVerifierKey(key), addedAt: sealing.now() })
    .onConflictDoNothing()
  return key
}

/** Keys that seal papers or did, oldest first. */
export async function listSealKeys({ db }: Pick<Context, 'db'>): Promise<VerifierKey[]> {
  const rows = await db.select({ verifierKey: receiptKeys.verifierKey }).from(receiptKeys).orderBy(asc(receiptKeys.addedAt))
  return rows.flatMap(({ verifierKey }) => parseVerifierKey(verifierKey) ?? [])
}

function sealKeyOf({ publicLog, staff }: Sealing): SigningKey {
  const seed = new Uint8Array(hkdfSync('sha256', staff.secret, '', 'tung-dong/receipt-seal/v1', 32))
  const key = parseSigningKey(formatSigningKey(`${publicLog.origin}/bien-nhan`, 'note', seed))
  if (!key) throw new Error('the key that seals papers has no name')
  return key
}
