import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { insertRows, rowsParameter } from '../../db/rows'
import { bankNotices } from '../../db/schema'
import { normalizeAccountNumber, normalizeReference, type BankNotice } from './model'

/** What became of a notice. Every one of these is safely stored. */
export type NoticeOutcome = 'booked' | 'merged' | 'replayed' | 'contradiction'

/** A notice with account number and reference normalised, the digest of what it says, and when it came. */
export interface ArrivedNotice extends BankNotice {
  digest: string
  arrivedAt: Date
}

/** Makes a notice ready to be booked. Throws where it carries no amount. */
export function arrive(notice: BankNotice, arrivedAt: Date): ArrivedNotice {
  if (notice.amountVnd <= 0n) throw new RangeError('a bank line carries an amount above zero')
  const line = { ...notice, accountNumber: normalizeAccountNumber(notice.accountNumber), reference: normalizeReference(notice.reference) }
  return { ...line, digest: digestOf(line), arrivedAt }
}

/** What one id of a provider says; the same id with another digest contradicts itself. */
const digestOf = ({ accountNumber, direction, amountVnd, reference, memo, transactedAt }: BankNotice): string =>
  createHash('sha256')
    .update(JSON.stringify([accountNumber, direction, String(amountVnd), reference, memo, transactedAt.toISOString()]))
    .digest('hex')

/** Whoever looks whether an id was told holds the lock of its name. */
export const noticeKey = ({ provider, providerEventId }: Pick<BankNotice, 'provider' | 'providerEventId'>): string =>
  `${provider} ${providerEventId}`

/**
 * Finds which notices say again what was told under their ids, or contradict it, be it before or by one that comes
 * before them in the batch.
 * @returns 'replayed' or 'contradiction', null for an id that is new
 */
export async function compareWithTold(
  tx: Transaction,
  notices: readonly ArrivedNotice[],
): Promise<('replayed' | 'contradiction' | null)[]> {
  const ids = notices.map(({ provider, providerEventId }) => ({ provider, providerEventId }))
  const found = tx
    .$with('found', { provider: bankNotices.provider, providerEventId: bankNotices.providerEventId, digest: bankNotices.digest })
    .as(
      sql`
      select found.* from jsonb_to_recordset(${rowsParameter(ids)}) as given(provider text, "providerEventId" text)
      cross join lateral (
        select provider, provider_event_id, digest from ${bankNotices} as notice
        where notice.provider = given.provider and notice.provider_event_id = given."providerEventId" offset 0) as found`,
    )
  const rows = await tx.with(found).select().from(found).prepare('find notices').execute()
  const told = new Map<string, Set<string>>()
  for (const row of rows) told.set(noticeKey(row), (told.get(noticeKey(row)) ?? new Set()).add(row.digest))
  return notices.map((notice) => {
    const digests = told.get(noticeKey(notice))
    told.set(noticeKey(notice), new Set(digests).add(notice.digest))
    if (digests === undefined) return null
    return digests.has(notice.digest) ? 'replayed' : 'contradiction'
  })
}

/** Keeps notices as they came, with what became of them; what is told again is kept already. */
export async function keepNotices(
  tx: Transaction,
  told: readonly { notice: ArrivedNotice; outcome: NoticeOutcome; bankTransactionId: bigint | null }[],
): Promise<void> {
  const rows = told.flatMap(({ notice: { provider, providerEventId, digest, body, arrivedAt }, outcome, bankTransactionId }) =>
    outcome === 'replayed' ? [] : [{ provider, providerEventId, digest, body, outcome, bankTransactionId, receivedAt: arrivedAt }],
  )
  if (rows.length === 0) return
  const written = tx.$with('written', { id: bankNotices.id }).as(sql`${insertRows(bankNotices, rows)} returning id`)
  await tx.with(written).select().from(written).prepare('write notices').execute()
}
