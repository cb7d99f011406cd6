import type { Boundary } from '../../db/schema/places'

export type AreaClass = 'I' | 'II' | 'III'
export type AgencyKey = 'health' | 'education' | 'culture' | 'justice' | 'labour' | 'ethnic'

/** A text in both languages. */
export interface Words {
  vi: string
  en: string
}

/** A fund with the agencies that lead its fields. */
export interface FundData {
  slug: string
  name: Words
  place: Words
  about: Words
  /** Month and day by which it publishes its yearly account. */
  publishesBy: string
  agencies: Record<AgencyKey, Words>
}

/** A published plan with its targets. */
export interface ProgrammeData {
  slug: string
  fundSlug: string
  title: Words
  decisionNumber: string | null
  decidedOn: string | null
  legalBasis: Words
  periodFrom: number
  periodTo: number
  reportsBy: string
  targets: { text: Words; percent: number | null }[]
}

/** What the plans let a fund ask for. */
export interface CategoryData {
  key: string
  name: Words
  unit: Words
  about: Words
  standard: Words
  leadAgency: AgencyKey
  /** One unit is one child: shown only at the level of the fund. */
  isPerChild: boolean
}

/** A unit of today, since 1 July 2025. */
export interface CurrentUnit {
  code: string
  provinceCode: string
  level: 'commune' | 'ward'
  slug: string
  nameVi: string
  nameEn: string
  fullNameVi: string
  fullNameEn: string
  areaKm2: number
  latitude: number
  longitude: number
  boundary: Boundary
}

/** A unit the plans name, as it stood until 30 June 2025. */
export interface FormerUnit {
  fundSlug: string
  provinceCode: string
  code: string
  nameVi: string
  districtVi: string
  level: 'commune' | 'township'
  areaClass: AreaClass | null
  isPriority: boolean
  successors: { code: string; clauseVi: string }[]
}
