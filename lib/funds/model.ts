/** A fund in the list of all. */
export interface FundRow {
  slug: string
  name: string
  place: string
  about: string
  /** Received by its campaigns' lines, all time. */
  receivedVnd: bigint
  gifts: number
  openCampaigns: number
  communes: number
}

/** An account to which donors pay: a public fact, unlike theirs. */
export interface PublicAccount {
  alias: string
  bankName: string
  accountNumber: string
  accountName: string
  effectiveFrom: Date
  /** From when on it receives no more; null where that is not decided. */
  retiresAt: Date | null
}

/** A published plan and what it sets out to do. */
export interface ProgrammeView {
  slug: string
  title: string
  decisionNumber: string | null
  decidedOn: string | null
  legalBasis: string
  periodFrom: number
  periodTo: number
  /** Month and day, "11-30". */
  reportsBy: string
  targets: { text: string; percent: number | null }[]
}

/** A campaign of a fund, as a line. */
export interface FundCampaign {
  slug: string
  title: string
  category: string
  communeName: string
  goalVnd: bigint
  receivedVnd: bigint
  neededBy: string
}

/** A fund's page. */
export interface FundView {
  slug: string
  name: string
  place: string
  about: string
  /** Month and day, "03-31". */
  publishesBy: string
  accounts: PublicAccount[]
  programmes: ProgrammeView[]
  agencies: { key: 'health' | 'education' | 'culture' | 'justice' | 'labour' | 'ethnic'; name: string }[]
  communes: { slug: string; fullName: string }[]
  sums: { receivedVnd: bigint; gifts: number; goalVnd: bigint; missingVnd: bigint; openCampaigns: number }
  campaigns: FundCampaign[]
}

/** A receiving account as its fund's people see it. */
export interface OwnAccount {
  id: number
  alias: string
  bankBin: string
  bankName: string
  accountNumber: string
  accountName: string
  /** Ids of people. */
  proposedBy: string
  approvedBy: string | null
  effectiveFrom: Date | null
  /** When it is used no more, or will not be. */
  retiredAt: Date | null
  /** Who proposed that it receives no more; and who approved it. */
  retirement: { proposedBy: string; approvedBy: string | null } | null
  /** `approved`: its published day has not come yet. */
  state: 'proposed' | 'approved' | 'in_effect' | 'retired'
}

/** Where a fund is found, as its papers say it: what it has not written is null. */
export interface Particulars {
  address: string | null
  phone: string | null
  email: string | null
  taxCode: string | null
}
