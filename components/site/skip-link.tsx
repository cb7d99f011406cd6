import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Where the text of a page begins; the target of the skip link. */
export const CONTENT_ID = 'noi-dung'

/** First stop of the keyboard: past the head, to the text. */
export function SkipLink({ locale }: { locale: Locale }) {
  return (
    <a className="skip" href={`#${CONTENT_ID}`}>
      {translator(locale, 'site')('skip')}
    </a>
  )
}
