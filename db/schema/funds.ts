import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { moment } from './columns'
import { administrativeUnits } from './places'

/** A provincial Child Protection Fund. */
export const funds = pgTable('funds', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  slug: text('slug').notNull().unique(),
  nameVi: text('name_vi').notNull(),
  nameEn: text('name_en').notNull(),
  /** Short name of the place it serves, "Hà Nội". */
  placeVi: text('place_vi').notNull(),
  placeEn: text('place_en').notNull(),
  aboutVi: text('about_vi').notNull(),
  aboutEn: text('about_en').notNull(),
  /** Month and day, "03-31", by which the fund publishes its yearly account. */
  publishesBy: text('publishes_by').notNull(),
})

/** An account that may receive gifts. Two people approve it; a QR shows it only from `effectiveFrom` on. */
export const receivingAccounts = pgTable(
  'receiving_accounts',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    /** NAPAS bank identification number, six digits. */
    bankBin: text('bank_bin').notNull(),
    bankName: text('bank_name').notNull(),
    accountNumber: text('account_number').notNull(),
    accountName: text('account_name').notNull(),
    /** The only name of the account in public facts, "Hà Nội 01". */
    alias: text('alias').notNull().unique(),
    proposedBy: text('proposed_by').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: moment('approved_at'),
    effectiveFrom: moment('effective_from'),
    retiredAt: moment('retired_at'),
  },
  (t) => [
    // Notices name an account by its number alone, so a number stands for one account, whatever the bank.
    unique('receiving_accounts_number').on(t.accountNumber),
    check('receiving_accounts_bin', sql`${t.bankBin} ~ '^[0-9]{6}$'`),
    check('receiving_accounts_digits', sql`${t.accountNumber} ~ '^[0-9A-Z]{1,19}$'`),
    check('receiving_accounts_two_people', sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.proposedBy}`),
    check(
      'receiving_accounts_effective',
      sql`${t.effectiveFrom} is null or (${t.approvedBy} is not null and ${t.approvedAt} is not null and ${t.effectiveFrom} >= ${t.approvedAt})`,
    ),
  ],
)

/** That an account receives gifts no more: proposed by one person, approved by another, in effect after days in public. */
export const accountRetirements = pgTable(
  'account_retirements',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    receivingAccountId: integer('receiving_account_id')
      .notNull()
      .unique()
      .references(() => receivingAccounts.id),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: moment('proposed_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: moment('approved_at'),
    /** From then on no QR and no page shows it. */
    retiresAt: moment('retires_at'),
  },
  (t) => [
    check('account_retirements_two_people', sql`${t.approvedBy} is null or ${t.approvedBy} <> ${t.proposedBy}`),
    check(
      'account_retirements_approved',
      sql`num_nonnulls(${t.approvedBy}, ${t.approvedAt}, ${t.retiresAt}) in (0, 3) and (${t.retiresAt} is null or ${t.retiresAt} >= ${t.approvedAt})`,
    ),
  ],
)

/** A published plan with a decision number and a period. */
export const programmes = pgTable(
  'programmes',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    slug: text('slug').notNull().unique(),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
    /** "372/KH-UBND"; null where the public text carries no number. */
    decisionNumber: text('decision_number'),
    decidedOn: date('decided_on', { mode: 'string' }),
    legalBasisVi: text('legal_basis_vi').notNull(),
    legalBasisEn: text('legal_basis_en').notNull(),
    periodFrom: integer('period_from').notNull(),
    periodTo: integer('period_to').notNull(),
    /** Month and day, "11-30", of the yearly report. */
    reportsBy: text('reports_by').notNull(),
  },
  (t) => [check('programmes_period', sql`${t.periodTo} >= ${t.periodFrom}`)],
)

export const programmeTargets = pgTable(
  'programme_targets',
  {
    programmeId: integer('programme_id')
      .notNull()
      .references(() => programmes.id),
    position: integer('position').notNull(),
    textVi: text('text_vi').notNull(),
    textEn: text('text_en').notNull(),
    /** Share of children to reach, where the plan names one. */
    percent: integer('percent'),
  },
  (t) => [primaryKey({ columns: [t.programmeId, t.position] }), check('programme_targets_percent', sql`${t.percent} between 1 and 100`)],
)

/** Units as the plan names them, that is as they stood when it was decided. */
export const programmeUnits = pgTable(
  'programme_units',
  {
    programmeId: integer('programme_id')
      .notNull()
      .references(() => programmes.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => administrativeUnits.id),
    /** Named by the plan as one to be helped first. */
    isPriority: boolean('is_priority').notNull(),
  },
  (t) => [primaryKey({ columns: [t.programmeId, t.unitId] }), index('programme_units_unit').on(t.unitId)],
)

/** Names of agencies are data: the ones of 2019 no longer stand alone. */
export const agencies = pgTable(
  'agencies',
  {
    fundId: integer('fund_id')
      .notNull()
      .references(() => funds.id),
    key: text('key', { enum: ['health', 'education', 'culture', 'justice', 'labour', 'ethnic'] }).notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
  },
  (t) => [primaryKey({ columns: [t.fundId, t.key] })],
)
