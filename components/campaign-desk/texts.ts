import type { CampaignDeskItem } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { MESSAGES, translator } from '@/lib/i18n/translator'
import { formatMoment } from '@/lib/time/day'

const words = MESSAGES.vi['campaign-desk']
const isDone = (code: string): code is keyof typeof words.done => Object.hasOwn(words.done, code)
const isRefused = (code: string): code is keyof typeof words.refused => Object.hasOwn(words.refused, code)
const isShared = (code: string): code is keyof (typeof MESSAGES)['vi']['console']['refused'] =>
  Object.hasOwn(MESSAGES.vi.console.refused, code)
const isKind = (code: string): code is keyof typeof words.kinds => Object.hasOwn(words.kinds, code)

/** What was done, by the code in the address. */
export const campaignNotice = (locale: Locale, code: string | undefined): string | undefined =>
  code !== undefined && isDone(code) ? translator(locale, 'campaign-desk')(`done.${code}`) : undefined

/** What was refused, by the code in the address. */
export function campaignProblem(locale: Locale, code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  if (isRefused(code)) return translator(locale, 'campaign-desk')(`refused.${code}`)
  return translator(locale, 'console')(isShared(code) ? `refused.${code}` : 'refused.busy')
}

/** What a step of a campaign is called. */
export const stepName = (locale: Locale, kind: string): string =>
  isKind(kind) ? translator(locale, 'campaign-desk')(`kinds.${kind}`) : kind

/** Where a campaign stands, in a word. */
export function stateText(locale: Locale, { state, isPaused, opensAt }: Pick<CampaignDeskItem, 'state' | 'isPaused' | 'opensAt'>): string {
  const t = translator(locale, 'campaign-desk')
  if (state === 'open' && isPaused) return t('states.paused')
  return t(`states.${state}`, { moment: opensAt ? formatMoment(opensAt) : '' })
}

/** How a state looks: settled, somebody's turn, or over. */
export const stateTag = ({ state, isPaused }: Pick<CampaignDeskItem, 'state' | 'isPaused'>): 'sure' | 'maybe' | 'none' =>
  state === 'draft' || state === 'in_review' || isPaused ? 'maybe' : state === 'complete' || state === 'closed' ? 'none' : 'sure'
