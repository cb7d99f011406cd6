import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { campaigns, disclosures, pledgeContacts, pledges, receivingAccounts } from '../../db/schema'
import type { Context } from '../context'
import { commit } from '../events/commitment'
import type { Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import { createPaymentCode } from './codes'
import { takesPledges } from './model'
import type { GiftInput } from './schema'
import { formIdentity, hashSecret, idempotencyKeyOf, isSecret, secretOf } from './secret'
import { reviewMessage, reviewName } from './text-rules'

/** How long a payment code is shown for; money that comes later is still honoured. */
const PLEDGE_DAYS = 7
const CODE_ATTEMPTS = 8

export type CreateRefusal = 'unknown_campaign' | 'not_open' | 'no_account'
export type ChangeRefusal = 'not_found' | 'wrong_secret' | 'not_open'

/**
 * Makes a pledge of money, by bank transfer or card, for an open campaign. The same form sent again gives the same pledge.
 * @returns the payment code and the secret of the link with which the donor may change it
 */
export async function createPledge(
  context: Context,
  { campaignSlug, locale, input }: { campaignSlug: string; locale: Locale; input: GiftInput },
): Promise<Result<{ code: string; secret: string }, CreateRefusal>> {
  const identity = formIdentity(input, campaignSlug)
  const idempotencyKey = idempotencyKeyOf(identity)
  const secret = secretOf(identity)
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const [sent] = await tx.select({ code: pledges.code }).from(pledges).where(eq(pledges.idempotencyKey, idempotencyKey))
    if (sent) return ok({ code: sent.code, secret })
    const [campaign] = await tx
      .select({
        id: campaigns.id,
        fundId: campaigns.fundId,
        state: campaigns.state,
        isEmergency: campaigns.isEmergency,
        neededBy: campaigns.neededBy,
      })
      .from(campaigns)
      .where(eq(campaigns.slug, campaignSlug))
    if (!campaign || campaign.state === 'draft' || campaign.state === 'in_review') return refuse('unknown_campaign')
    if (!takesPledges(campaign, dayOf(now))) return refuse('not_open')
    const receivingAccountId = await receivingAccountOf(tx, campaign.fundId, now)
    if (receivingAccountId === null) return refuse('no_account')

    for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
      const [pledge] = await tx
        .insert(pledges)
        .values({
          code: createPaymentCode(context.random),
          fundId: campaign.fundId,
          campaignId: campaign.id,
          receivingAccountId,
          ...columnsOf(input),
          donorKind: input.donorKind,
          isNamed: input.isNamed,
          locale,
          state: 'open',
          idempotencyKey,
          secretHash: hashSecret(secret),
          createdAt: now,
          expiresAt: new Date(now.getTime() + PLEDGE_DAYS * 86_400_000),
        })
        .onConflictDoNothing()
        .returning({ id: pledges.id, code: pledges.code })
      if (pledge) {
        await writeTexts(tx, context, pledge.id, input)
        return ok({ code: pledge.code, secret })
      }
      // Either the code is taken, or the same form was stored by another process meanwhile.
      const [twin] = await tx.select({ code: pledges.code }).from(pledges).where(eq(pledges.idempotencyKey, idempotencyKey))
      if (twin) return ok({ code: twin.code, secret })
    }
    throw new Error('no free payment code was found')
  })
}

/** Changes amount, name, message or e-mail of a pledge that is still open. The code stays, and a code past its time is good again. */
export async function changePledge(
  context: Context,
  { code, secret, input }: { code: string; secret: string; input: GiftInput },
): Promise<Result<{ code: string }, ChangeRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const own = await ownPledge(tx, code, secret)
    if (!own.ok) return own
    if (!(await isStillAsked(tx, own.value, dayOf(now)))) return refuse('not_open')
    await tx
      .update(pledges)
      .set({
        ...columnsOf(input),
        donorKind: input.donorKind,
        isNamed: input.isNamed,
        expiresAt: new Date(now.getTime() + PLEDGE_DAYS * 86_400_000),
      })
      .where(eq(pledges.id, own.value))
    await tx.delete(disclosures).where(eq(disclosures.pledgeId, own.value))
    await tx.delete(pledgeContacts).where(eq(pledgeContacts.pledgeId, own.value))
    await writeTexts(tx, context, own.value, input)
    return ok({ code })
  })
}

/** Cancels a pledge that is still open. Money that comes all the same is still that donor's gift. */
export async function cancelPledge(
  context: Context,
  { code, secret }: { code: string; secret: string },
): Promise<Result<{ code: string }, ChangeRefusal>> {
  return context.db.transaction(async (tx) => {
    const own = await ownPledge(tx, code, secret)
    if (!own.ok) return own
    await tx.update(pledges).set({ state: 'cancelled' }).where(eq(pledges.id, own.value))
    return ok({ code })
  })
}

/** How and what a pledge promises, as its table keeps it. */
const columnsOf = ({ method, pledged }: GiftInput) => ({
  method,
  amountVnd: pledged.kind === 'vnd' ? pledged.amountVnd : null,
  currency: pledged.kind === 'foreign' ? pledged.currency : null,
  amountMinor: pledged.kind === 'foreign' ? pledged.amountMinor : null,
})

/** Whether a secret is that of a pledge's link. */
export async function isSecretOf(context: Context, code: string, secret: string): Promise<boolean> {
  const [pledge] = await context.db.select({ secretHash: pledges.secretHash }).from(pledges).where(eq(pledges.code, code))
  return pledge !== undefined && isSecret(secret, pledge.secretHash)
}

/** Finds and locks an open pledge by its secret. @returns its id */
async function ownPledge(tx: Transaction, code: string, secret: string): Promise<Result<bigint, ChangeRefusal>> {
  const [pledge] = await tx
    .select({ id: pledges.id, state: pledges.state, secretHash: pledges.secretHash })
    .from(pledges)
    .where(eq(pledges.code, code))
    .for('update')
  if (!pledge) return refuse('not_found')
  if (!isSecret(secret, pledge.secretHash)) return refuse('wrong_secret')
  return pledge.state === 'open' ? ok(pledge.id) : refuse('not_open')
}

/** Whether the campaign of a pledge would still take it: an emergency appeal that is over would send its money back. */
async function isStillAsked(tx: Transaction, pledgeId: bigint, today: Day): Promise<boolean> {
  const [campaign] = await tx
    .select({ state: campaigns.state, isEmergency: campaigns.isEmergency, neededBy: campaigns.neededBy })
    .from(pledges)
    .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .where(eq(pledges.id, pledgeId))
  return campaign !== undefined && (!campaign.isEmergency || takesPledges(campaign, today))
}

/** The account a QR may show: approved by two, in effect, not retired; the newest of a fund. */
async function receivingAccountOf(db: Database, fundId: number, now: Date): Promise<number | null> {
  const [account] = await db
    .select({ id: receivingAccounts.id })
    .from(receivingAccounts)
    .where(
      and(
        eq(receivingAccounts.fundId, fundId),
        isNotNull(receivingAccounts.approvedBy),
        lte(receivingAccounts.effectiveFrom, now),
        or(isNull(receivingAccounts.retiredAt), gt(receivingAccounts.retiredAt, now)),
      ),
    )
    .orderBy(desc(receivingAccounts.effectiveFrom), asc(receivingAccounts.id))
    .limit(1)
  return account?.id ?? null
}

/** Writes what may be erased: chosen texts with a salt each, and how to reach the donor. */
async function writeTexts(tx: Transaction, context: Context, pledgeId: bigint, input: GiftInput): Promise<void> {
  const texts = [
    ...(input.name === '' ? [] : [{ field: 'name' as const, text: input.name, review: reviewName(input.name, input.donorKind) }]),
    ...(input.message === '' ? [] : [{ field: 'message' as const, text: input.message, review: reviewMessage(input.message) }]),
  ].map((row) => {
    const salt = context.random(32)
    return { ...row, pledgeId, salt, commitment: commit(row.field, salt, row.text) }
  })
  if (texts.length > 0) await tx.insert(disclosures).values(texts)
  if (input.email !== null || input.taxCode !== null)
    await tx.insert(pledgeContacts).values({ pledgeId, email: input.email, taxCode: input.taxCode })
}
