import type { CampaignItem } from '../campaigns/model'
import type { CommuneRow, NeedSums } from '../communes/model'
import type { DeliveryRow } from '../delivery/model'
import type { Day } from '../time/day'

/** What the foot of every page says. */
export interface FooterView {
  funds: { slug: string; name: string; plans: { number: string | null; from: number; to: number }[] }[]
}

/** What came in on one day of Việt Nam. */
export interface DaySum {
  day: Day
  receivedVnd: bigint
  gifts: number
}

/** A gift that arrived at a campaign. */
export interface Arrival {
  key: string
  name: string
  amountVnd: bigint
  /** What of it went back to its donor. */
  returnedVnd: bigint
  receivedAt: Date
  campaign: { slug: string; title: string }
}

/** The first page. */
export interface HomeView {
  today: Day
  /** School year of the needs, by its first calendar year; null where none is published. */
  schoolYear: number | null
  /** Communes of today, most in need first. */
  communes: CommuneRow[]
  /** Over all communes. */
  sums: NeedSums
  /** The last seven days, today last. */
  week: DaySum[]
  arrivals: Arrival[]
  /** Newest first. */
  deliveries: DeliveryRow[]
  mostNeeded: CampaignItem[]
  campaigns: number
  /** Reached their goal last, newest first. */
  justFunded: { campaign: CampaignItem; on: Day }[]
  /** The campaign that was completed last. */
  justComplete: { campaign: CampaignItem; on: Day } | null
}
