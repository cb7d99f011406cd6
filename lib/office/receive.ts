import { and, desc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client'
import { campaigns, officeReceipts, pledges } from '../../db/schema'
import type { Context } from '../context'
import { recordDonation } from '../donations/record'
import type { Locale } from '../i18n/locale'
import { fundAccount, fundLine } from '../ledger/books'
import { askingCampaign, storePledge, writeTexts } from '../pledges/commands'
import { receiptNumber } from '../pledges/receipt'
import { hashSecret, idempotencyKeyOf } from '../pledges/secret'
import { ok, refuse, type Result } from '../result'
import { dayOf, startOfDay } from '../time/day'
import type { OfficeKind } from './model'
import type { OfficeGift } from './schema'

const NUMBER_LOCK = 0x7464_7074

/** A cheque may be presented for six months (Law on negotiable instruments 49/2005/QH11, art. 69 and 71). */
const CHEQUE_DAYS = 183

export type TakeRefusal = 'form_used' | 'unknown_campaign' | 'not_open'

/** A gift that somebody handed in, and where. */
export interface HandedIn {
  fundId: number
  input: OfficeGift
  /** Secret of the link that is printed on its receipt. */
  secret: string
  locale: Locale
  by: string
}

/**
 * Takes cash or a cheque at a fund's office: a receipt with the next number of its kind and year, and a gift with a code
 * and a page of its own. Cash is booked at once (money.md §2: cash box / line) and is that donor's gift. A cheque is no
 * money of the fund's until the bank's line of it is placed on the gift. The same form sent again gives the same receipt.
 * Refuses: a form that took something else before; a campaign that is none of the fund's, or takes nothing now.
 */
export async function takeAtOffice(
  context: Context,
  { fundId, input, secret, locale, by }: HandedIn,
): Promise<Result<{ receiptId: bigint; code: string }, TakeRefusal>> {
  const now = context.now()
  const idempotencyKey = idempotencyKeyOf(identityOf(input))
  return context.db.transaction(async (tx) => {
    await lockNumbers(tx, fundId, input.kind)
    const before = await takenBefore(tx, input.formKey)
    if (before)
      return before.idempotencyKey === idempotencyKey ? ok({ receiptId: before.receiptId, code: before.code }) : refuse('form_used')
    const place = await placeOf(tx, fundId, input.campaignSlug, now)
    if (!place.ok) return place
    const { campaignId, lineId } = place.value
    const { kind, amountVnd, donorKind, isNamed, receivedOn, cheque } = input
    const { id: pledgeId, code } = await storePledge(tx, context, {
      ...{ fundId, campaignId, method: kind, amountVnd, donorKind, isNamed, locale, idempotencyKey, secretHash: hashSecret(secret) },
      ...{ state: 'open', createdAt: now, expiresAt: new Date(now.getTime() + CHEQUE_DAYS * 86_400_000) },
    })
    if (pledgeId === null) throw new Error(`form ${input.formKey} took a gift without a receipt`)
    await writeTexts(tx, context, pledgeId, input)
    const year = Number(dayOf(now).slice(0, 4))
    const number = await nextNumber(tx, { fundId, kind, year })
    const [receipt] = await tx
      .insert(officeReceipts)
      .values({
        ...{ fundId, kind, year, number, pledgeId, amountVnd, receivedOn, formKey: input.formKey, issuedBy: by, issuedAt: now },
        ...{ chequeNumber: cheque?.number ?? null, chequeBank: cheque?.bank ?? null },
      })
      .returning({ id: officeReceipts.id })
    if (!receipt) throw new Error('a receipt was not written')
    if (kind === 'cash')
      await recordDonation(tx, {
        source: { kind: 'cash', officeReceiptId: receipt.id, receipt: receiptNumber({ kind, year, number }) },
        ...{ fundId, lineId, pledgeId, code, amountVnd, into: await fundAccount(tx, fundId, 'donation', 'cash_box') },
        ...{ receivedAt: receivedOn === dayOf(now) ? now : startOfDay(receivedOn), bookedAt: now },
      })
    return ok({ receiptId: receipt.id, code })
  })
}

/** What one sending of the form comes down to. */
const identityOf = (input: OfficeGift): string =>
  JSON.stringify(['office', input], (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

/** Receipts of one kind in one fund are numbered one after the other, whoever writes them; also a form that is sent twice waits here. */
const lockNumbers = (tx: Transaction, fundId: number, kind: OfficeKind) =>
  tx.execute(sql`select pg_advisory_xact_lock(${NUMBER_LOCK}::int, ${fundId * 2 + (kind === 'cash' ? 0 : 1)}::int)`)

async function takenBefore(tx: Transaction, formKey: string) {
  const [row] = await tx
    .select({ receiptId: officeReceipts.id, code: pledges.code, idempotencyKey: pledges.idempotencyKey })
    .from(officeReceipts)
    .innerJoin(pledges, eq(pledges.id, officeReceipts.pledgeId))
    .where(eq(officeReceipts.formKey, formKey))
  return row
}

async function nextNumber(tx: Transaction, { fundId, kind, year }: { fundId: number; kind: OfficeKind; year: number }): Promise<number> {
  const [last] = await tx
    .select({ number: officeReceipts.number })
    .from(officeReceipts)
    .where(and(eq(officeReceipts.fundId, fundId), eq(officeReceipts.kind, kind), eq(officeReceipts.year, year)))
    .orderBy(desc(officeReceipts.number))
    .limit(1)
  return (last?.number ?? 0) + 1
}

/** The line that a gift goes to: a campaign's own, or the general pot where none is named. */
async function placeOf(
  tx: Transaction,
  fundId: number,
  slug: string | null,
  now: Date,
): Promise<Result<{ campaignId: number | null; lineId: number }, 'unknown_campaign' | 'not_open'>> {
  if (slug === null) return ok({ campaignId: null, lineId: await fundLine(tx, fundId, 'general') })
  const asking = await askingCampaign(tx, slug, dayOf(now))
  if (!asking.ok) return asking
  if (asking.value.fundId !== fundId) return refuse('unknown_campaign')
  const [campaign] = await tx.select({ lineId: campaigns.lineId }).from(campaigns).where(eq(campaigns.id, asking.value.id))
  if (!campaign) throw new Error(`campaign ${slug} is gone`)
  return ok({ campaignId: asking.value.id, lineId: campaign.lineId })
}
