import type { ReactNode } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Where the certificate of thanks is, beside a gift that came. */
export function certificateFact(locale: Locale, code: string): { key: string; term: string; value: ReactNode } {
  const t = translator(locale, 'certificate')
  return {
    key: 'certificate',
    term: t('title'),
    value: <a href={localePath(locale, `/theo-doi/${code}/giay-cam-on.pdf`)}>{t('link')}</a>,
  }
}
