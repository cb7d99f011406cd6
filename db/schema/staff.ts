import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns'
import { funds } from './funds'
import { administrativeUnits } from './places'

/**
 * People who work at the console: the one place of their personal data. Everything else names them by their id, so that
 * erasing this row's texts leaves history whole. An address is never changed: another address is another person.
 */
export const staffMembers = pgTable(
  'staff_members',
  {
    /** Ten symbols by chance; a sample's people have names that say what they are. */
    id: text('id').primaryKey(),
    /** In small letters; null once erased. */
    email: text('email').unique('staff_members_email'),
    name: text('name'),
    locale: text('locale', { enum: ['vi', 'en'] }).notNull(),
    createdAt: moment('created_at').notNull(),
    erasedAt: moment('erased_at'),
  },
  (t) => [
    check('staff_members_id', sql`${t.id} ~ '^[a-z0-9-]{4,40}$'`),
    check('staff_members_locale', sql`${t.locale} in ('vi', 'en')`),
    check('staff_members_email_small', sql`${t.email} = lower(${t.email})`),
    check('staff_members_erased', sql`num_nonnulls(${t.email}, ${t.name}) = case when ${t.erasedAt} is null then 2 else 0 end`),
  ],
)

/** What a person may do in a fund, from when to when. Ended, it never comes back: it is given anew. */
export const staffRoles = pgTable(
  'staff_roles',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staffMembers.id),
    /** Null for an operator of the platform. */
    fundId: integer('fund_id').references(() => funds.id),
    role: text('role', { enum: ['editor', 'accountant', 'director', 'field_officer', 'auditor', 'operator'] }).notNull(),
    /** Null where the command at the server gave it. */
    appointedBy: text('appointed_by').references(() => staffMembers.id),
    appointedAt: moment('appointed_at').notNull(),
    confirmedBy: text('confirmed_by').references(() => staffMembers.id),
    confirmedAt: moment('confirmed_at'),
    /** Null while another director has to confirm it. */
    effectiveFrom: moment('effective_from'),
    endedBy: text('ended_by').references(() => staffMembers.id),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('staff_roles_once')
      .on(t.staffId, sql`coalesce(${t.fundId}, 0)`, t.role)
      .where(sql`ended_at is null`),
    index('staff_roles_fund')
      .on(t.fundId, t.role)
      .where(sql`ended_at is null`),
    check('staff_roles_role', sql`${t.role} in ('editor', 'accountant', 'director', 'field_officer', 'auditor', 'operator')`),
    check('staff_roles_fund_known', sql`(${t.role} = 'operator') = (${t.fundId} is null)`),
    check('staff_roles_not_oneself', sql`${t.appointedBy} <> ${t.staffId}`),
    check('staff_roles_two_people', sql`${t.confirmedBy} <> ${t.appointedBy} and ${t.confirmedBy} <> ${t.staffId}`),
    check('staff_roles_confirmed', sql`(${t.confirmedBy} is null) = (${t.confirmedAt} is null)`),
    check('staff_roles_effective', sql`${t.effectiveFrom} >= ${t.appointedAt}`),
    check('staff_roles_ended', sql`${t.endedBy} is null or ${t.endedAt} is not null`),
    // Who counts in a two-person rule is appointed by two, or waits a week in public.
    check(
      'staff_roles_counted',
      sql`${t.role} not in ('accountant', 'director') or ${t.effectiveFrom} is null or ${t.appointedBy} is null
        or ${t.confirmedAt} is not null or ${t.effectiveFrom} >= ${t.appointedAt} + interval '7 days'`,
    ),
  ],
)

/** The communes of a field officer. Others are another appointment. Never updated, never deleted. */
export const staffCommunes = pgTable(
  'staff_communes',
  {
    roleId: bigint('role_id', { mode: 'bigint' })
      .notNull()
      .references(() => staffRoles.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => administrativeUnits.id),
  },
  (t) => [primaryKey({ columns: [t.roleId, t.unitId] })],
)

/** A browser that is signed in: looked up on each request, so that it can be ended at once. */
export const staffSessions = pgTable(
  'staff_sessions',
  {
    id: uuid('id').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staffMembers.id),
    /** The network it was begun from, shortened (/24, /48). */
    network: text('network').notNull(),
    startedAt: moment('started_at').notNull(),
    /** When its second factor was shown; null before. */
    secondFactorAt: moment('second_factor_at'),
    lastSeenAt: moment('last_seen_at').notNull(),
    /** How long it may be idle, as it was set when it began. */
    idleSeconds: integer('idle_seconds').notNull(),
    /** After this it ends, idle or not. */
    expiresAt: moment('expires_at').notNull(),
    /** Codes of the second factor that were wrong; too many end it. */
    wrongCodes: integer('wrong_codes').notNull().default(0),
    endedAt: moment('ended_at'),
    endedWhy: text('ended_why', { enum: ['signed_out', 'everywhere', 'role_changed', 'wrong_codes', 'erased'] }),
  },
  (t) => [
    index('staff_sessions_open')
      .on(t.staffId)
      .where(sql`ended_at is null`),
    check('staff_sessions_idle', sql`${t.idleSeconds} between 60 and 86400`),
    check('staff_sessions_ended', sql`(${t.endedAt} is null) = (${t.endedWhy} is null)`),
    check('staff_sessions_why', sql`${t.endedWhy} in ('signed_out', 'everywhere', 'role_changed', 'wrong_codes', 'erased')`),
  ],
)

/** Links to sign in by, as e-mails carry them: each is good once, and for a few minutes. Its hash alone is kept. */
export const staffLinks = pgTable(
  'staff_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staffMembers.id),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('staff_links_staff').on(t.staffId, t.createdAt)],
)

/** A person's second factor: an app that shows codes (RFC 6238). One that is being set up counts for nothing yet. */
export const staffFactors = pgTable(
  'staff_factors',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staffMembers.id),
    /** Encrypted under AUTH_SECRET; while it is being set up with what its recovery codes are made of. */
    sealed: bytes('sealed').notNull(),
    createdAt: moment('created_at').notNull(),
    confirmedAt: moment('confirmed_at'),
    /** The last step of time whose code was taken: none is taken twice, nor an older one. */
    lastStep: bigint('last_step', { mode: 'number' }),
    removedAt: moment('removed_at'),
  },
  (t) => [
    uniqueIndex('staff_factors_one')
      .on(t.staffId)
      .where(sql`confirmed_at is not null and removed_at is null`),
    index('staff_factors_staff').on(t.staffId),
  ],
)

/** What opens a session where the second factor is lost: each good once, its hash alone is kept. */
export const staffRecoveryCodes = pgTable(
  'staff_recovery_codes',
  {
    factorId: bigint('factor_id', { mode: 'bigint' })
      .notNull()
      .references(() => staffFactors.id),
    codeHash: text('code_hash').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [primaryKey({ columns: [t.factorId, t.codeHash] })],
)

/**
 * What staff did, and what they were not let do: who, when, from where, what, about what, before and after. It refers to
 * donors and children and never copies them. Never updated, never deleted.
 */
export const staffAudit = pgTable(
  'staff_audit',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment('at').notNull(),
    /** Null where the command at the server did it. */
    staffId: text('staff_id').references(() => staffMembers.id),
    sessionId: uuid('session_id').references(() => staffSessions.id),
    /** Shortened (/24, /48); null where the command at the server did it. */
    network: text('network'),
    fundId: integer('fund_id').references(() => funds.id),
    /** A permission, or a step of signing in. */
    action: text('action').notNull(),
    outcome: text('outcome', { enum: ['done', 'denied'] }).notNull(),
    aboutKind: text('about_kind').notNull(),
    aboutId: text('about_id').notNull(),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
  },
  (t) => [
    index('staff_audit_fund').on(t.fundId, t.id),
    index('staff_audit_staff').on(t.staffId, t.id),
    index('staff_audit_about').on(t.aboutKind, t.aboutId, t.id),
    check('staff_audit_outcome', sql`${t.outcome} in ('done', 'denied')`),
    check('staff_audit_who', sql`num_nonnulls(${t.staffId}, ${t.network}) in (0, 2)`),
    check('staff_audit_size', sql`length(${t.before}::text) <= 8000 and length(${t.after}::text) <= 8000`),
  ],
)

/** Where a fund is found, as its papers say it: what its directors wrote last. Never updated, never deleted. */
export const fundParticulars = pgTable(
  'fund_particulars',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    /** Each of them null where the fund has none to say. */
    address: text('address'),
    phone: text('phone'),
    email: text('email'),
    taxCode: text('tax_code'),
    writtenBy: text('written_by').notNull(),
    writtenAt: moment('written_at').notNull(),
  },
  (t) => [
    index('fund_particulars_newest').on(t.fundId, t.id),
    check('fund_particulars_address', sql`length(${t.address}) between 1 and 200`),
    check('fund_particulars_phone', sql`${t.phone} ~ '^[0-9+][0-9 .-]{5,24}$'`),
    check('fund_particulars_email', sql`length(${t.email}) between 3 and 254`),
    check('fund_particulars_tax_code', sql`${t.taxCode} ~ '^[0-9]{10}(-[0-9]{3})?$'`),
  ],
)

/** What directors set for their fund. */
export const fundSettings = pgTable(
  'fund_settings',
  {
    fundId: integer('fund_id')
      .primaryKey()
      .references(() => funds.id),
    /** How long an appointment by a fund's only director stands in public before it takes effect. */
    appointmentDelayDays: integer('appointment_delay_days').notNull(),
    /** How long an approved receiving account stands in public before a QR shows it. */
    accountDelayDays: integer('account_delay_days').notNull(),
  },
  (t) => [
    check('fund_settings_appointment', sql`${t.appointmentDelayDays} between 7 and 60`),
    check('fund_settings_account', sql`${t.accountDelayDays} between 3 and 60`),
  ],
)
