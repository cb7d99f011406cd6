import { sql, type SQL } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, moment, vnd } from './columns'
import { bankTransactions } from './bank'
import { campaigns } from './campaigns'
import { cardPayments } from './cards'
import { foldedSql } from './folded'
import { funds, receivingAccounts } from './funds'
import { ownEntry } from './ledger'
import { lines } from './money-line'
import { officeReceipts } from './office'

/** What a letter to a donor is about: the promise that waits, the name, or something else in free words. */
const LETTER_TEMPLATES = ['reminder', 'name', 'free'] as const

/** A donor's promise, with a payment code. No money yet, and never in a total. Expiry is read off `expiresAt`. */
export const pledges = pgTable(
  'pledges',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    code: text('code').notNull().unique(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    /** Null for what was given at the office to the fund's general pot. */
    campaignId: integer('campaign_id').references(() => campaigns.id),
    /** The account shown with the QR; a pledge by card may be paid to it as well. Null for goods, cash and cheques. */
    receivingAccountId: integer('receiving_account_id').references(() => receivingAccounts.id),
    /** Cash and cheques are taken at the office: a pledge of cash came with its money, one by cheque waits for the bank. */
    method: text('method', { enum: ['bank_transfer', 'card', 'goods', 'cash', 'cheque'] }).notNull(),
    /** Null where another currency, or goods, are pledged: what they come to in đồng is known when they come. */
    amountVnd: vnd('amount_vnd'),
    /** Another currency than đồng, in which a card is charged. */
    currency: text('currency', { enum: ['usd', 'eur'] }),
    /** In that currency's smallest unit. */
    amountMinor: bigint('amount_minor', { mode: 'bigint' }),
    donorKind: text('donor_kind', { enum: ['person', 'company'] }).notNull(),
    isNamed: boolean('is_named').notNull(),
    /** Whether links to the gift's page show a picture of it: only when its donor chose so. */
    isPictured: boolean('is_pictured').notNull().default(false),
    locale: text('locale', { enum: ['vi', 'en'] }).notNull(),
    state: text('state', { enum: ['open', 'received', 'cancelled'] }).notNull(),
    /** SHA-256 of the form's key and content: a form sent twice makes one pledge. */
    idempotencyKey: text('idempotency_key').notNull().unique(),
    /** SHA-256 of the secret link's 128 bits. */
    secretHash: bytes('secret_hash').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    index('pledges_campaign').on(t.campaignId, t.id),
    // As staff look for them: newest first, of a state, of a sum.
    index('pledges_of_fund').on(t.fundId, t.id),
    index('pledges_by_state').on(t.fundId, t.state, t.id),
    index('pledges_by_amount').on(t.fundId, t.amountVnd, t.id),
    // What may be meant by money that names no code.
    index('pledges_awaited')
      .on(t.fundId, t.amountVnd, t.createdAt)
      .where(sql`state = 'open'`),
    // Who promised what never came is forgotten in this order.
    index('pledges_unpaid')
      .on(t.expiresAt, t.id)
      .where(sql`state <> 'received'`),
    // What a pledge of goods holds beside it names its campaign and its kind.
    unique('pledges_of_goods').on(t.id, t.campaignId, t.method),
    check('pledges_code', sql`${t.code} ~ '^TD[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{7}$'`),
    check(
      'pledges_amount',
      sql`${t.amountVnd} between case when ${t.method} in ('cash', 'cheque') then 1000 else 10000 end and 100000000000`,
    ),
    check('pledges_method', sql`${t.method} in ('bank_transfer', 'card', 'goods', 'cash', 'cheque')`),
    check('pledges_campaign_known', sql`${t.campaignId} is not null or ${t.method} in ('cash', 'cheque')`),
    check('pledges_currency', sql`${t.currency} in ('usd', 'eur') and ${t.amountMinor} > 0`),
    check(
      'pledges_pledged',
      sql`case ${t.method}
        when 'goods' then ${t.amountVnd} is null and ${t.currency} is null and ${t.amountMinor} is null and ${t.receivingAccountId} is null
        when 'cash' then ${t.amountVnd} is not null and ${t.currency} is null and ${t.amountMinor} is null and ${t.receivingAccountId} is null
        when 'cheque' then ${t.amountVnd} is not null and ${t.currency} is null and ${t.amountMinor} is null and ${t.receivingAccountId} is null
        when 'card' then num_nonnulls(${t.amountVnd}, ${t.currency}) = 1 and num_nonnulls(${t.currency}, ${t.amountMinor}) <> 1 and ${t.receivingAccountId} is not null
        else ${t.amountVnd} is not null and ${t.currency} is null and ${t.amountMinor} is null and ${t.receivingAccountId} is not null
      end`,
    ),
    check('pledges_state', sql`${t.state} in ('open', 'received', 'cancelled')`),
    check('pledges_donor_kind', sql`${t.donorKind} in ('person', 'company')`),
    check('pledges_expiry', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
)

/** What reaches a donor; private and erasable. */
export const pledgeContacts = pgTable(
  'pledge_contacts',
  {
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .primaryKey()
      .references(() => pledges.id),
    email: text('email'),
    taxCode: text('tax_code'),
    /** As the donor typed it, without spaces; asked of who gives goods. */
    phone: text('phone'),
    /** How and when goods can be brought; what the office noted of a gift of cash. */
    note: text('note'),
  },
  (t) => [
    index('pledge_contacts_email')
      .on(sql`lower(email)`)
      .where(sql`email is not null`),
    index('pledge_contacts_phone')
      .on(t.phone)
      .where(sql`phone is not null`),
  ],
)

/** Letters that staff wrote to a donor. The words are erased with the donor; that one was written stays. */
export const pledgeLetters = pgTable(
  'pledge_letters',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .notNull()
      .references(() => pledges.id),
    template: text('template', { enum: LETTER_TEMPLATES }).notNull(),
    /** What was written beside the template; null where nothing was, or it was erased. */
    words: text('words'),
    formKey: text('form_key').notNull().unique(),
    writtenBy: text('written_by').notNull(),
    writtenAt: moment('written_at').notNull(),
    /** When the mail server took it; null while it did not. */
    sentAt: moment('sent_at'),
  },
  (t) => [
    index('pledge_letters_pledge').on(t.pledgeId, t.id),
    check('pledge_letters_template', sql`${t.template} in ('reminder', 'name', 'free')`),
  ],
)

/**
 * The one erasable home of what a donor chose to show. Public facts hold only
 * `commitment` = SHA-256(tag, salt, text).
 */
export const disclosures = pgTable(
  'disclosures',
  {
    pledgeId: bigint('pledge_id', { mode: 'bigint' })
      .notNull()
      .references(() => pledges.id),
    field: text('field', { enum: ['name', 'message'] }).notNull(),
    text: text('text').notNull(),
    /** The text as it is searched for; goes with it. */
    folded: text('folded').generatedAlwaysAs((): SQL => foldedSql(disclosures.text)),
    salt: bytes('salt').notNull(),
    commitment: text('commitment').notNull(),
    review: text('review', { enum: ['shown', 'waiting', 'refused'] }).notNull(),
    /** The person who looked at a text that waited. */
    reviewedBy: text('reviewed_by'),
    reviewedAt: moment('reviewed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.pledgeId, t.field] }),
    check('disclosures_field', sql`${t.field} in ('name', 'message')`),
    check('disclosures_review', sql`${t.review} in ('shown', 'waiting', 'refused')`),
    check(
      'disclosures_reviewed',
      sql`(${t.reviewedBy} is null) = (${t.reviewedAt} is null) and (${t.review} = 'shown' or ${t.review} = 'waiting' or ${t.reviewedBy} is not null)`,
    ),
    check('disclosures_salt', sql`octet_length(${t.salt}) = 32`),
    index('disclosures_waiting')
      .on(t.pledgeId)
      .where(sql`review = 'waiting'`),
    index('disclosures_names')
      .using('gin', sql`to_tsvector('simple', folded)`)
      .where(sql`field = 'name'`),
  ],
)

/** Money really received. Each transfer is one of its own. Never updated, never deleted. */
export const donations = pgTable(
  'donations',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    lineId: integer('line_id')
      .notNull()
      .references(() => lines.id),
    pledgeId: bigint('pledge_id', { mode: 'bigint' }).references(() => pledges.id),
    /** Where it came from: a line of the bank, a card, or the office's cash box. */
    bankTransactionId: bigint('bank_transaction_id', { mode: 'bigint' }).references((): AnyPgColumn => bankTransactions.id),
    cardPaymentId: bigint('card_payment_id', { mode: 'bigint' }).references((): AnyPgColumn => cardPayments.id),
    officeReceiptId: bigint('office_receipt_id', { mode: 'bigint' }).references((): AnyPgColumn => officeReceipts.id),
    /** The donation in whose place it stands, whole or in part: the same money, placed by a person. */
    replacesId: bigint('replaces_id', { mode: 'bigint' }).references((): AnyPgColumn => donations.id),
    /** Interest lies on a line as gifts do, and is nobody's gift. */
    nature: text('nature', { enum: ['gift', 'interest'] })
      .notNull()
      .default('gift'),
    entryId: ownEntry(),
    amountVnd: vnd('amount_vnd').notNull(),
    /** When the bank, or the card, says it came. */
    receivedAt: moment('received_at').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('donations_bank_transaction')
      .on(t.bankTransactionId)
      .where(sql`replaces_id is null`),
    index('donations_of_bank_line').on(t.bankTransactionId),
    index('donations_replaces')
      .on(t.replacesId)
      .where(sql`replaces_id is not null`),
    check('donations_nature', sql`${t.nature} = 'gift' or (${t.nature} = 'interest' and ${t.pledgeId} is null)`),
    uniqueIndex('donations_card_payment').on(t.cardPaymentId),
    uniqueIndex('donations_office_receipt').on(t.officeReceiptId),
    check('donations_source', sql`num_nonnulls(${t.bankTransactionId}, ${t.cardPaymentId}, ${t.officeReceiptId}) = 1`),
    // Those of one code in a year, or the first of them, however many came with it.
    index('donations_pledge').on(t.pledgeId, t.receivedAt, t.id),
    check('donations_amount_positive', sql`${t.amountVnd} > 0`),
  ],
)
