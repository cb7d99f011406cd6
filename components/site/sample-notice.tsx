import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** Stands on every page of a sample installation. */
export function SampleNotice({ locale }: { locale: Locale }) {
  const t = translator(locale, 'site')
  return (
    <aside className="sample" aria-label={t('sample.label')}>
      <p className="wrap">{t.rich('sample.text', { b: (text) => <b>{text}</b> })}</p>
    </aside>
  )
}
