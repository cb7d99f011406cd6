import { Qr } from '@/components/giving/qr'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { NewFactor } from '@/lib/staff/model'
import { CodeForm } from './code-form'

/** What is scanned, what is written down, and the first code: shown while a second factor is set up, and never again. */
export function NewFactorForm({
  locale,
  factor,
  goOn,
  error = null,
}: {
  locale: Locale
  factor: NewFactor
  goOn: string
  error?: string | null
}) {
  const t = translator(locale, 'console')
  return (
    <>
      <section className="stack">
        <h2>{t('factor.scan')}</h2>
        <Qr text={factor.uri} label={t('factor.scanLabel')} />
        <p>
          {t('factor.typed')} <b className="so typed">{factor.typed}</b>
        </p>
      </section>
      <section className="stack">
        <h2>{t('factor.write')}</h2>
        <p>{t('factor.writeLead')}</p>
        <ul className="codes">
          {factor.recoveryCodes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </section>
      <section className="stack">
        <h2>{t('factor.confirm')}</h2>
        <CodeForm locale={locale} action="/quan-tri/xac-thuc/moi/gui" label={t('factor.firstCode')} goOn={goOn} error={error} />
      </section>
    </>
  )
}
