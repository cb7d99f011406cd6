import type { CampaignView } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Why a campaign takes no new pledges: where it stands in its life, or that it is paused. */
export function notTaking({ state, pause }: CampaignView, locale: Locale): string {
  const t = translator(locale, 'campaigns')
  return state === 'open' ? t('page.paused', { reason: pause ?? '' }) : t(`page.notOpen.${state}`)
}
