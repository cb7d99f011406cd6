import type { CampaignState } from '../campaigns/states'
import type { SampleCategory } from './model'

/** A campaign of the sample: where, for what, how far it got. Days count back from the last day of the sample's year. */
export interface Listed {
  unitCode: string
  category: SampleCategory
  state: CampaignState
  opensDaysAgo: number
  /** Days over which its gifts come. */
  windowDays: number
  /** Percent of the goal that comes. */
  reaches: number
  isEmergency?: true
  /** Which of the public reasons for closing. */
  closing?: 0 | 1 | 2
}

const row = (
  unitCode: string,
  category: SampleCategory,
  state: CampaignState,
  opensDaysAgo: number,
  windowDays: number,
  reaches: number,
): Listed => ({
  unitCode,
  category,
  state,
  opensDaysAgo,
  windowDays,
  reaches,
})

/** Both funds, every commune, every category that has campaigns, every state. */
export const CAMPAIGN_LIST: Listed[] = [
  row('09700', 'ao-am', 'complete', 360, 28, 102),
  row('22786', 'bua-an', 'complete', 340, 45, 101),
  row('09694', 'hoc-bong', 'complete', 300, 40, 100.5),
  row('22852', 'phap-ly', 'complete', 280, 42, 101),
  row('22849', 'suc-khoe', 'complete', 255, 35, 103),
  row('22840', 'van-hoa', 'complete', 230, 38, 104),
  row('04930', 'sach-vo', 'complete', 205, 45, 101),
  row('10441', 'ky-nang', 'delivering', 165, 50, 101),
  row('22801', 'thiet-bi', 'delivering', 140, 60, 101),
  row('22873', 'san-choi', 'delivering', 130, 70, 100.8),
  row('22828', 'sach-vo', 'delivering', 118, 48, 102),
  row('04930', 'hoc-nghe', 'funded', 84, 80, 101),
  row('22870', 'phap-ly', 'funded', 70, 60, 101),
  row('09952', 'van-hoa', 'funded', 61, 52, 103),
  row('22795', 'ao-am', 'funded', 52, 47, 102),
  row('22822', 'suc-khoe', 'funded', 46, 43, 101),
  { ...row('09676', 'thiet-bi', 'closed', 270, 55, 31), closing: 0 },
  { ...row('22891', 'sach-vo', 'closed', 345, 30, 62), closing: 1, isEmergency: true },
  { ...row('22900', 'bua-an', 'closed', 200, 60, 22), closing: 2 },
  row('22900', 'sach-vo', 'open', 90, 90, 81),
  row('10081', 'sach-vo', 'open', 80, 80, 93),
  row('22828', 'hoc-bong', 'open', 75, 75, 44),
  row('09694', 'thiet-bi', 'open', 72, 72, 71),
  row('22849', 'ky-nang', 'open', 66, 66, 48),
  row('22786', 'bua-an', 'open', 60, 60, 30),
  row('22840', 'hoc-nghe', 'open', 58, 58, 35),
  row('22801', 'san-choi', 'open', 55, 55, 26),
  row('22795', 'bua-an', 'open', 47, 47, 39),
  row('09988', 'san-choi', 'open', 44, 44, 52),
  row('09700', 'ao-am', 'open', 38, 38, 68),
  row('22738', 'van-hoa', 'open', 36, 36, 77),
  row('09706', 'suc-khoe', 'open', 33, 33, 57),
  row('22813', 'hoc-bong', 'open', 29, 29, 18),
  row('22852', 'phap-ly', 'open', 24, 24, 63),
  row('22897', 'hoc-nghe', 'open', 20, 20, 12),
  row('22813', 'bua-an', 'open', 16, 16, 11),
  row('22861', 'ky-nang', 'open', 12, 12, 9),
  row('22822', 'ao-am', 'open', 9, 9, 15),
  row('09676', 'hoc-bong', 'open', 5, 5, 4),
  row('22873', 'thiet-bi', 'in_review', -20, 0, 0),
  row('10441', 'hoc-bong', 'in_review', -14, 0, 0),
  row('22891', 'van-hoa', 'draft', -30, 0, 0),
  row('09988', 'suc-khoe', 'draft', -25, 0, 0),
  row('22861', 'bua-an', 'draft', -40, 0, 0),
]
