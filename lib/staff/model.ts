import type { Locale } from '../i18n/locale'

/** What a person may be in a fund; an operator is of the platform and of no fund. */
export const ROLES = ['editor', 'accountant', 'director', 'field_officer', 'auditor', 'operator'] as const
export type Role = (typeof ROLES)[number]
/** Roles that a director gives. */
export const FUND_ROLES = ['editor', 'accountant', 'director', 'field_officer', 'auditor'] as const satisfies readonly Role[]
export type FundRole = (typeof FUND_ROLES)[number]

export const isFundRole = (role: string): role is FundRole => FUND_ROLES.some((known) => known === role)

/** Roles that count in a two-person rule: nobody gets one by one person's word alone (docs/decisions/0035). */
export const COUNTED_ROLES: ReadonlySet<Role> = new Set(['accountant', 'director'])

/** Roles that need a second factor whenever they sign in: who can move money, and who runs the platform. */
export const SECOND_FACTOR_ROLES: ReadonlySet<Role> = new Set(['accountant', 'director', 'operator'])

/** A role that is in effect. */
export interface HeldRole {
  role: Role
  /** Null for an operator. */
  fundId: number | null
  /** Communes of a field officer; empty for every other role. */
  communeIds: ReadonlySet<number>
}

/** A fund in which a person has a role. */
export interface StaffFund {
  id: number
  slug: string
  name: string
  place: string
}

/** Whose browser asks: a session that stands, and everything it may be asked for. */
export interface Staff {
  sessionId: string
  /** Where this request comes from, shortened (/24, /48). */
  network: string
  id: string
  name: string
  email: string
  locale: Locale
  roles: readonly HeldRole[]
  /** Funds that their roles are of, in the order of the alphabet; all of them for an operator. */
  funds: readonly StaffFund[]
  /** False while a second factor is still to be shown: then nothing is allowed but that. */
  isComplete: boolean
  /** Whether they have set up a second factor. */
  hasFactor: boolean
}

/** What of a request an act needs: which browser's session, and from where. */
export type StaffSession = Pick<Staff, 'sessionId' | 'network'>

/** A role of somebody in a fund, as its people see it. */
export interface PersonRow {
  roleId: bigint
  staffId: string
  name: string
  email: string
  role: Role
  /** Names of a field officer's communes. */
  communes: string[]
  /** `waiting`: for another director. `delayed`: for the published day. */
  state: 'in_effect' | 'waiting' | 'delayed'
  /** Null where the command at the server did it. */
  appointedBy: string | null
  appointedByName: string | null
  appointedAt: Date
  effectiveFrom: Date | null
  lastSeenAt: Date | null
}

/** An appointment that has not taken effect, as everybody sees it. */
export interface PublicAppointment {
  role: Role
  appointedAt: Date
  /** Null while another director has to confirm it. */
  effectiveFrom: Date | null
}

/** An entry of the trail. */
export interface AuditRow {
  id: bigint
  at: Date
  /** Null where the command at the server did it. */
  staffId: string | null
  /** Null where the command did it, or the person was erased. */
  name: string | null
  network: string | null
  action: string
  outcome: 'done' | 'denied'
  aboutKind: string
  aboutId: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** Somebody of a sample, whom one click signs in. */
export interface SampleStaffRow {
  id: string
  name: string
  /** The first they were given. */
  role: Role
  /** Places of the funds they work for. */
  places: string[]
}

/** What is shown while a second factor is set up, and never again. */
export interface NewFactor {
  /** "otpauth://totp/…", for the QR code. */
  uri: string
  /** The same secret to be typed, in groups of four. */
  typed: string
  recoveryCodes: string[]
}

/** What the directors of a fund set, in days. */
export interface FundSettings {
  /** How long an appointment by a fund's only director stands in public before it takes effect. */
  appointmentDelayDays: number
  /** How long an approved receiving account does. */
  accountDelayDays: number
}
