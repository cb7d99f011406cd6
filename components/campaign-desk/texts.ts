import { refusalText } from '@/components/console/refusal-text'
import type { CampaignDeskItem } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import { formatMoment } from '@/lib/time/day'

const { done, refused, kinds } = MESSAGES.vi['campaign-desk']

/** What was done, by the code in the address. */
export const campaignNotice = (locale: Locale, code: string | undefined): string | undefined =>
  isTextOf(done, code) ? translator(locale, 'campaign-desk')(`done.${code}`) : undefined

/** What was refused, by the code in the address. */
export function campaignProblem(locale: Locale, code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  return isTextOf(refused, code) ? translator(locale, 'campaign-desk')(`refused.${code}`) : refusalText(locale, code)
}

/** What a step of a campaign is called. */
export const stepName = (locale: Locale, kind: string): string =>
  isTextOf(kinds, kind) ? translator(locale, 'campaign-desk')(`kinds.${kind}`) : kind

/** Where a campaign stands, in a word. */
export function stateText(locale: Locale, { state, isPaused, opensAt }: Pick<CampaignDeskItem, 'state' | 'isPaused' | 'opensAt'>): string {
  const t = translator(locale, 'campaign-desk')
  if (state === 'open' && isPaused) return t('states.paused')
  return t(`states.${state}`, { moment: opensAt ? formatMoment(opensAt) : '' })
}

/** How a state looks: settled, somebody's turn, or over. */
export const stateTag = ({ state, isPaused }: Pick<CampaignDeskItem, 'state' | 'isPaused'>): 'sure' | 'maybe' | 'none' =>
  state === 'draft' || state === 'in_review' || isPaused ? 'maybe' : state === 'complete' || state === 'closed' ? 'none' : 'sure'
