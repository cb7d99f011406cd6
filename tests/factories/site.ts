import { and, eq, isNull } from 'drizzle-orm'
import { administrativeUnits, funds, needs, programmes } from '../../db/schema'
import type { BudgetLine } from '../../lib/campaigns/ask'
import { changeCampaignState, createCampaign } from '../../lib/campaigns/commands'
import type { CampaignState } from '../../lib/campaigns/states'
import type { Context } from '../../lib/context'
import { approveReceivingAccount, proposeReceivingAccount } from '../../lib/funds/commands'
import { checkNeed, publishNeed, reportNeed, type NeedReport } from '../../lib/needs/commands'
import { recordCoverage, type Coverage } from '../../lib/needs/coverage'
import { loadPlanData } from '../../lib/plans/load'
import type { Result } from '../../lib/result'

/** The value of a command that must not refuse in a test's preparation. */
export function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${String(result.refusal)}`)
  return result.value
}

export const ACCOUNTS = { 'ha-noi': '000011112222', 'ninh-thuan': '000033334444' } as const
export type FundSlug = keyof typeof ACCOUNTS

/** Plan data, and one receiving account in effect for each fund. */
export async function makeFunds(context: Context): Promise<void> {
  await loadPlanData(context)
  for (const [fundSlug, accountNumber] of Object.entries(ACCOUNTS)) {
    const account = {
      fundSlug,
      bankBin: '999901',
      bankName: 'Ngân hàng Mẫu',
      accountNumber,
      accountName: 'QUY MAU',
      alias: `${fundSlug} 01`,
      proposedBy: 'an',
    }
    const { accountId } = value(await proposeReceivingAccount(context, account))
    value(await approveReceivingAccount(context, { accountId, approvedBy: 'binh', delayDays: 0 }))
  }
}

let made = 0

/** A key that no other step of this process has. */
export const stepKey = (): string => `step ${++made}`

/** A report by an officer of the commune. */
export const reported = async (context: Context, report: Omit<NeedReport, 'by' | 'key'>): Promise<number> =>
  value(await reportNeed(context, { ...report, by: 'can-bo', key: stepKey() })).needId

/** A need that communes reported and an editor checked and published; the same again is the same. @returns its id; its version is 3 */
export async function publishedNeed(context: Context, report: Omit<NeedReport, 'by' | 'key'>): Promise<number> {
  const needId = await reported(context, report)
  const [known] = await context.db.select({ state: needs.state }).from(needs).where(eq(needs.id, needId))
  if (known?.state === 'published') return needId
  value(await checkNeed(context, { needId, version: 1, by: 'bien-tap', key: stepKey() }))
  value(await publishNeed(context, { needId, version: 2, by: 'bien-tap', key: stepKey() }))
  return needId
}

/** Records what another source meets of a need. @param version of the need; that of one just published where left out */
export const covered = async (context: Context, needId: number, coverage: Coverage, version = 3): Promise<void> => {
  value(await recordCoverage(context, { needId, version, by: 'bien-tap', key: stepKey(), ...coverage }))
}

const PATHS: Record<CampaignState, CampaignState[]> = {
  draft: [],
  in_review: ['in_review'],
  open: ['in_review', 'open'],
  funded: ['in_review', 'open', 'funded'],
  delivering: ['in_review', 'open', 'funded', 'delivering'],
  complete: ['in_review', 'open', 'funded', 'delivering', 'complete'],
  closed: ['in_review', 'open', 'closed'],
}

export interface MadeCampaign {
  slug: string
  campaignId: number
  lineId: number
}

export interface CampaignOptions {
  fund?: FundSlug
  slug?: string
  category?: string
  goalVnd?: bigint
  /** A hundred coats that come to the goal where left out. */
  budget?: Pick<BudgetLine, 'itemVi' | 'unitVi' | 'unitPriceVnd' | 'quantity'>[]
  state?: CampaignState
  isEmergency?: boolean
  neededBy?: string
  /** Which of the fund's communes, in order of code. */
  commune?: number
}

/** A campaign in any state, made by the commands that staff use. */
export async function makeCampaign(context: Context, options: CampaignOptions = {}): Promise<MadeCampaign> {
  const {
    fund = 'ha-noi',
    slug = 'ao-am-thu',
    category = 'ao-am',
    goalVnd = 20_000_000n,
    state = 'open',
    isEmergency = false,
    neededBy = '2027-01-31',
  } = options
  const units = await context.db
    .select({ id: administrativeUnits.id })
    .from(administrativeUnits)
    .where(and(eq(administrativeUnits.provinceCode, fund === 'ha-noi' ? '01' : '56'), isNull(administrativeUnits.validTo)))
    .orderBy(administrativeUnits.code)
  const unit = units[options.commune ?? 0]
  if (!unit) throw new Error('no such commune')
  const programmeSlug = await programmeOf(context, fund)
  const need = { programmeSlug, unitId: unit.id, category, schoolYear: 2026, children: 400, quantity: 400, amountVnd: 10n ** 12n }
  const needId = await publishedNeed(context, need)
  const texts = {
    titleVi: 'Áo ấm',
    titleEn: 'Warm coats',
    summaryVi: 'Áo',
    summaryEn: 'Coats',
    storyVi: 'Áo.',
    storyEn: 'Coats.',
    overflowVi: 'Quỹ chung.',
    overflowEn: 'General.',
  }
  const words = { itemEn: 'Coat', unitEn: 'coats', standardVi: 'QCVN 01', standardEn: 'QCVN 01' }
  const { budget = [{ itemVi: 'Áo khoác', unitVi: 'áo', unitPriceVnd: goalVnd / 100n, quantity: 100 }] } = options
  const made = value(
    await createCampaign(context, {
      ...texts,
      ...{ slug, needId, children: 100, opensOn: '2026-10-01', neededBy, isEmergency, actor: 'an' },
      budget: budget.map((line) => ({ ...words, ...line })),
    }),
  )
  for (const to of PATHS[state]) {
    value(
      await changeCampaignState(context, {
        campaignId: made.campaignId,
        to,
        reasonVi: 'Thử',
        reasonEn: 'Test',
        actor: to === 'in_review' ? 'an' : 'binh',
      }),
    )
  }
  return { slug, ...made }
}

async function programmeOf(context: Context, fund: FundSlug): Promise<string> {
  const [programme] = await context.db
    .select({ slug: programmes.slug })
    .from(programmes)
    .innerJoin(funds, eq(funds.id, programmes.fundId))
    .where(eq(funds.slug, fund))
  if (!programme) throw new Error(`no programme of ${fund}`)
  return programme.slug
}
