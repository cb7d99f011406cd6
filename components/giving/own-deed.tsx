import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { OwnDeed } from './own-part'

/** What a donor did a moment ago, as the address says it. */
export const ownDeed = (word: string | string[] | undefined): OwnDeed | null =>
  (word === 'luu' && 'saved') || (word === 'luu-tru-ten' && 'savedNameKept') || (word === 'khoa' && 'renewed') || null

/** This browser holds the secret no longer: how to come back. */
export function Forgotten({ locale }: { locale: Locale }) {
  const t = translator(locale, 'giving')
  return (
    <p className="saved sec" role="status">
      {t('gift.own.forgotten')}
    </p>
  )
}
