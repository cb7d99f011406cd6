import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** A code that no gift has: whether it looks mistyped, and how to look again. */
export function UnknownCode({ locale, code, isWellFormed }: { locale: Locale; code: string; isWellFormed: boolean }) {
  const t = translator(locale, 'giving')
  return (
    <>
      <div className="title">
        <h1>{t('gift.unknown.title')}</h1>
        <p className="lead break-anywhere">{t('gift.unknown.lead', { code })}</p>
        {!isWellFormed && <p className="near2">{/^TD.{7}$/u.test(code) ? t('gift.unknown.typo') : t('gift.unknown.shape')}</p>}
      </div>
      <p className="near2">
        <a className="act act-3" href={localePath(locale, '/tra-cuu')}>
          {t('gift.unknown.again')}
        </a>
      </p>
    </>
  )
}
