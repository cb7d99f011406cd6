import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** The private address of a pledge, to be copied and kept. */
export function PrivateLink({ locale, href }: { locale: Locale; href: string }) {
  const t = translator(locale, 'giving')
  return (
    <p
      className="private-link"
      data-copy={href}
      data-copy-text={t('gift.fields.copy')}
      data-copied-text={t('gift.fields.copied')}
      data-copy-label={t('gift.fields.copyWhat', { what: t('gift.own.link').toLowerCase() })}
    >
      <a href={href}>{href}</a>
    </p>
  )
}

/** The way to cancel a pledge that is open, of money or of goods. */
export function CancelPledge({ locale, code }: { locale: Locale; code: string }) {
  const t = translator(locale, 'giving')
  return (
    <details className="near3">
      <summary>{t('gift.own.cancel')}</summary>
      <form className="near3" action={localePath(locale, `/theo-doi/${code}/huy`)} method="post">
        <p className="small">{t('gift.own.cancelNote')}</p>
        <p className="near3">
          <button className="act act-2" type="submit">
            {t('gift.own.cancelDo')}
          </button>
        </p>
      </form>
    </details>
  )
}
