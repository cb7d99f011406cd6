import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/client'
import { campaigns, disclosures, donations, goodsReceipts, pledgeContacts, pledges, receivingAccounts } from '../../db/schema'
import { takesPledges } from '../campaigns/states'
import type { Context } from '../context'
import { commit } from '../events/commitment'
import type { Locale } from '../i18n/locale'
import { ok, refuse, type Result } from '../result'
import { dayOf, type Day } from '../time/day'
import { createPaymentCode } from './codes'
import { isOfOffice, type GiftMethod } from './model'
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
    const sent = await sentBefore(tx, idempotencyKey)
    if (sent !== null) return ok({ code: sent, secret })
    const campaign = await askingCampaign(tx, campaignSlug, dayOf(now))
    if (!campaign.ok) return campaign
    const receivingAccountId = await receivingAccountOf(tx, campaign.value.fundId, now)
    if (receivingAccountId === null) return refuse('no_account')
    const { id, code } = await storePledge(tx, context, {
      fundId: campaign.value.fundId,
      campaignId: campaign.value.id,
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
    if (id !== null) await writeTexts(tx, context, id, input)
    return ok({ code, secret })
  })
}

/** The code of the pledge that a form made before; null where it made none. */
export async function sentBefore(tx: Transaction, idempotencyKey: string): Promise<string | null> {
  const [sent] = await tx.select({ code: pledges.code }).from(pledges).where(eq(pledges.idempotencyKey, idempotencyKey))
  return sent?.code ?? null
}

/** The campaign of a slug, where it takes new pledges. */
export async function askingCampaign(
  tx: Transaction,
  slug: string,
  today: Day,
): Promise<Result<{ id: number; fundId: number }, 'unknown_campaign' | 'not_open'>> {
  const [campaign] = await tx
    .select({
      id: campaigns.id,
      fundId: campaigns.fundId,
      state: campaigns.state,
      isEmergency: campaigns.isEmergency,
      neededBy: campaigns.neededBy,
      pausedAt: campaigns.pausedAt,
    })
    .from(campaigns)
    .where(eq(campaigns.slug, slug))
  if (!campaign || campaign.state === 'draft' || campaign.state === 'in_review') return refuse('unknown_campaign')
  return takesPledges(campaign, today) ? ok({ id: campaign.id, fundId: campaign.fundId }) : refuse('not_open')
}

/** Writes a pledge under a free payment code. @returns its id; null where the same form was stored meanwhile, with that one's code */
export async function storePledge(
  tx: Transaction,
  context: Context,
  pledge: Omit<typeof pledges.$inferInsert, 'code'>,
): Promise<{ id: bigint | null; code: string }> {
  for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
    const [stored] = await tx
      .insert(pledges)
      .values({ ...pledge, code: createPaymentCode(context.random) })
      .onConflictDoNothing()
      .returning({ id: pledges.id, code: pledges.code })
    if (stored) return stored
    // Either the code is taken, or the same form was stored by another process meanwhile.
    const twin = await sentBefore(tx, pledge.idempotencyKey)
    if (twin !== null) return { id: null, code: twin }
  }
  throw new Error('no free payment code was found')
}

/** What became of a change. */
export interface Changed {
  /** Another name or message was typed, and the one from before stays. */
  isNameKept: boolean
}

/** Changes amount, name, message or e-mail of a pledge that is still open (`rewriteDonor` says what stays). The code stays, and a code past its time is good again. */
export async function changePledge(
  context: Context,
  { code, secret, input }: { code: string; secret: string; input: GiftInput },
): Promise<Result<Changed, ChangeRefusal>> {
  const now = context.now()
  return context.db.transaction(async (tx) => {
    const own = await ownPledge(tx, code, secret)
    if (!own.ok) return own
    const { id, method } = own.value
    if (method === 'goods') return refuse('not_found')
    if (!(await isStillAsked(tx, id, dayOf(now)))) return refuse('not_open')
    await tx
      .update(pledges)
      .set({ ...columnsOf(input), expiresAt: new Date(now.getTime() + PLEDGE_DAYS * 86_400_000) })
      .where(eq(pledges.id, id))
    return ok(await rewriteDonor(tx, context, id, input))
  })
}

/** Cancels a pledge, of money or of goods, that is still open. Money that comes all the same is still that donor's gift. */
export async function cancelPledge(
  context: Context,
  { code, secret }: { code: string; secret: string },
): Promise<Result<{ code: string }, ChangeRefusal>> {
  return context.db.transaction(async (tx) => {
    const own = await ownPledge(tx, code, secret)
    if (!own.ok) return own
    await tx.update(pledges).set({ state: 'cancelled' }).where(eq(pledges.id, own.value.id))
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

/** Finds and locks an open pledge by its secret. A cheque that the fund holds is no longer its giver's to change. */
export async function ownPledge(
  tx: Transaction,
  code: string,
  secret: string,
): Promise<Result<{ id: bigint; method: GiftMethod | 'goods' }, ChangeRefusal>> {
  const [pledge] = await tx
    .select({ id: pledges.id, method: pledges.method, state: pledges.state, secretHash: pledges.secretHash })
    .from(pledges)
    .where(eq(pledges.code, code))
    .for('update')
  if (!pledge) return refuse('not_found')
  if (!isSecret(secret, pledge.secretHash)) return refuse('wrong_secret')
  return pledge.state === 'open' && !isOfOffice(pledge.method) ? ok({ id: pledge.id, method: pledge.method }) : refuse('not_open')
}

/**
 * Whether anything ever came for a pledge, money or goods, also where it was taken back: the log tells of it with the name and
 * the message it came under, so that who gave may not write them anew.
 */
export async function hasCome(db: Database, pledgeId: bigint): Promise<boolean> {
  const [gift] = await db.select({ id: donations.id }).from(donations).where(eq(donations.pledgeId, pledgeId)).limit(1)
  if (gift) return true
  const [receipt] = await db.select({ id: goodsReceipts.id }).from(goodsReceipts).where(eq(goodsReceipts.pledgeId, pledgeId)).limit(1)
  return receipt !== undefined
}

/** Whether the campaign of a pledge would still take it: an emergency appeal that is over would send its money back. */
export async function isStillAsked(tx: Transaction, pledgeId: bigint, today: Day): Promise<boolean> {
  const [campaign] = await tx
    .select({ state: campaigns.state, isEmergency: campaigns.isEmergency, neededBy: campaigns.neededBy })
    .from(pledges)
    .innerJoin(campaigns, eq(campaigns.id, pledges.campaignId))
    .where(eq(pledges.id, pledgeId))
  return campaign !== undefined && (!campaign.isEmergency || takesPledges({ ...campaign, pausedAt: null }, today))
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

/** What a donor says that may be erased: texts for all to read, and what reaches the donor. */
export type ErasableInput = Pick<GiftInput, 'donorKind' | 'name' | 'message' | 'email' | 'taxCode'> & {
  phone?: string | null
  note?: string | null
}

/** Writes what may be erased: chosen texts with a salt each, and how to reach the donor. */
export async function writeTexts(tx: Transaction, context: Context, pledgeId: bigint, input: ErasableInput): Promise<void> {
  const texts = [
    ...(input.name === '' ? [] : [{ field: 'name' as const, text: input.name, review: reviewName(input.name, input.donorKind) }]),
    ...(input.message === '' ? [] : [{ field: 'message' as const, text: input.message, review: reviewMessage(input.message) }]),
  ].map((row) => {
    const salt = context.random(32)
    return { ...row, pledgeId, salt, commitment: commit(row.field, salt, row.text) }
  })
  if (texts.length > 0) await tx.insert(disclosures).values(texts)
  const { email, taxCode, phone = null, note = null } = input
  if ([email, taxCode, phone, note].some((one) => one !== null))
    await tx.insert(pledgeContacts).values({ pledgeId, email, taxCode, phone, note })
}

/**
 * Writes anew who gives an open pledge, in the place of what it had before. Where something came for it once (`hasCome`), who
 * gives and what they said stay as they are, and so does whether the name shows: only how to reach them changes.
 * @returns whether another name or message was typed and not taken: into a form that was shown before anything came
 */
export async function rewriteDonor(
  tx: Transaction,
  context: Context,
  pledgeId: bigint,
  input: ErasableInput & Pick<GiftInput, 'isNamed'>,
): Promise<Changed> {
  const { donorKind, isNamed, email, phone = null, note = null } = input
  if (await hasCome(tx, pledgeId)) {
    const reach = { email, phone, note }
    await tx
      .insert(pledgeContacts)
      .values({ pledgeId, ...reach })
      .onConflictDoUpdate({ target: pledgeContacts.pledgeId, set: reach })
    const said = await tx
      .select({ field: disclosures.field, text: disclosures.text })
      .from(disclosures)
      .where(eq(disclosures.pledgeId, pledgeId))
    const isOther = (field: 'name' | 'message') => !['', said.find((row) => row.field === field)?.text].includes(input[field])
    return { isNameKept: isOther('name') || isOther('message') }
  }
  await tx.update(pledges).set({ donorKind, isNamed }).where(eq(pledges.id, pledgeId))
  await tx.delete(disclosures).where(eq(disclosures.pledgeId, pledgeId))
  await tx.delete(pledgeContacts).where(eq(pledgeContacts.pledgeId, pledgeId))
  await writeTexts(tx, context, pledgeId, input)
  return { isNameKept: false }
}
