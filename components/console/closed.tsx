import { CONTENT_ID } from '@/components/site/skip-link'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** A page of the console that is not open to who asks: what that means, and the way back. */
export function ConsoleClosed({ locale }: { locale: Locale }) {
  const t = translator(locale, 'console')
  return (
    <main id={CONTENT_ID} tabIndex={-1} className="wrap narrow">
      <h1>{t('closed.title')}</h1>
      <p>{t('closed.lead')}</p>
      <p>{t('closed.other')}</p>
      <p>
        <a href={localePath(locale, '/quan-tri')}>{t('closed.back')}</a>
      </p>
    </main>
  )
}
