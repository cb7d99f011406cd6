import type { CampaignView } from '@/lib/campaigns/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Why a campaign takes no new pledges: where it stands in its life, or that it is paused, or its appeal over. */
export function notTaking({ state, pause }: CampaignView, locale: Locale): string {
  const t = translator(locale, 'campaigns')
  if (state !== 'open') return t(`page.notOpen.${state}`)
  return pause === null ? t('page.over') : t('page.paused', { reason: pause })
}
