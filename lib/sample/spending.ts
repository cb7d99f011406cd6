import type { StateChange } from '../campaigns/transitions'
import { addDays, dayOf, type Day } from '../time/day'
import { officeMoment } from './calendar'
import type { PlannedCampaign } from './campaigns'
import { chance } from './chance'
import { planEvidence, type EvidenceAct } from './evidence'
import type { Words } from '../plans/model'

/** One act of the fund's people with a campaign's money. */
export type SpendingAct = { spend: string } & (
  | { act: 'request'; title: Words; supplier: string; positions: number[]; dueOn: Day }
  | { act: 'approve' }
  | { act: 'pay'; percent: number; isRest: boolean }
  | { act: 'deliver'; isRest: boolean; place: Words }
  | { act: 'settle' }
  | { act: 'advance'; dueOn: Day }
  | { act: 'evidence'; isRest: boolean; evidence: EvidenceAct }
)

export interface SpendingStep {
  at: Date
  key: string
  kind: 'spending'
  campaign: PlannedCampaign
  act: SpendingAct
}

const SUPPLIERS = ['Cửa hàng Mẫu 07', 'Công ty Mẫu An', 'Hợp tác xã Mẫu Sông', 'Cơ sở Mẫu Hoa Ban', 'Công ty Mẫu Núi Xanh']
const CENTRE: Words = { vi: 'Điểm trường trung tâm', en: 'Central school site' }
const VILLAGE: Words = { vi: 'Điểm trường thôn', en: 'Village school site' }
const FIRST: Words = { vi: 'Đợt mua thứ nhất', en: 'First purchase' }
const SECOND: Words = { vi: 'Đợt mua thứ hai', en: 'Second purchase' }

/**
 * What becomes of a campaign's money once it is being handed over: a first purchase of most of the budget, paid in two
 * parts and handed over in two, and a second one of the rest. Where the campaign is complete, all is handed over and
 * settled; where it is not, the second purchase is still on its way, and of some campaigns overdue.
 */
export function planSpending(campaign: PlannedCampaign, changes: { to: StateChange['to']; at: Date }[], seed: string): SpendingStep[] {
  const delivering = changes.find(({ to }) => to === 'delivering')
  const complete = changes.find(({ to }) => to === 'complete')
  if (!delivering) return []
  const luck = chance(seed, `spending/${campaign.slug}`)
  const from = dayOf(delivering.at)
  const until = complete ? dayOf(complete.at) : null
  const steps: SpendingStep[] = []
  const put = (days: number, act: SpendingAct, luckOfDay = luck) =>
    steps.push({
      at: officeMoment(addDays(from, days), luckOfDay),
      key: `spending/${campaign.slug}/${act.spend}/${nameOf(act)}/${days}`,
      kind: 'spending',
      campaign,
      act,
    })
  // Streams of chance of their own: what proves a delivery moves nothing else.
  const deliver = (days: number, spend: string, isRest: boolean, place: Words) => {
    put(days, { spend, act: 'deliver', isRest, place })
    const own = chance(seed, `evidence/${campaign.slug}/${spend}/${isRest}`)
    for (const [later, evidence] of planEvidence(spend, isRest, campaign.need.category, own))
      put(days + later, { spend, act: 'evidence', isRest, evidence }, own)
  }
  const before = (days: number) =>
    until === null ? 0 : Math.max(0, Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) - days)

  const positions = campaign.budget.lines.map((_, index) => index)
  const rest = positions.length > 1 ? positions.slice(-1) : []
  const main = positions.slice(0, positions.length - rest.length)
  put(1, { spend: '1', act: 'request', title: FIRST, supplier: luck.pick(SUPPLIERS), positions: main, dueOn: addDays(from, 45) })
  put(3, { spend: '1', act: 'approve' })
  put(5, { spend: '1', act: 'pay', percent: 60, isRest: false })
  deliver(9, '1', false, CENTRE)
  put(12, { spend: '1', act: 'pay', percent: 100, isRest: true })
  if (until !== null) {
    deliver(before(4), '1', true, VILLAGE)
    put(before(2), { spend: '1', act: 'settle' })
  }
  if (rest.length === 0) return steps
  put(4, {
    spend: '2',
    act: 'request',
    title: SECOND,
    supplier: luck.pick(SUPPLIERS),
    positions: rest,
    dueOn: addDays(from, luck.is(0.4) ? 14 : 60),
  })
  // Of what is not complete yet, every third second purchase still waits for another person.
  if (until === null && luck.is(0.35)) return steps
  put(6, { spend: '2', act: 'approve' })
  // Of what is not complete yet, some is bought by an officer with money in advance, and not settled yet.
  if (until === null && chance(seed, `advance/${campaign.slug}`).is(0.5)) {
    put(13, { spend: '2', act: 'advance', dueOn: addDays(from, 43) })
    return steps
  }
  put(13, { spend: '2', act: 'pay', percent: 100, isRest: true })
  if (until !== null) {
    deliver(before(4), '2', true, CENTRE)
    put(before(2), { spend: '2', act: 'settle' })
  }
  return steps
}

const nameOf = (act: SpendingAct): string =>
  act.act !== 'evidence'
    ? act.act
    : ['evidence', act.isRest ? 'rest' : 'first', act.evidence.act, 'paper' in act.evidence ? act.evidence.paper : ''].join('/')
