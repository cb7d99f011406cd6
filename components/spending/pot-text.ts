import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { PotName } from '@/lib/spending/model'

/** How a pot of money is called inside a sentence. */
export const potText = (pot: PotName, locale: Locale): string => {
  const t = translator(locale, 'spending')
  return pot.kind === 'campaign' ? t('pot.campaign', { title: pot.title }) : t(`pot.${pot.kind}`)
}
