import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Day } from '@/lib/time/day'

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

/** Whether the donor's name shows, and the way to change it, whatever became of the pledge. */
export function NameShown({ locale, code, isShown }: { locale: Locale; code: string; isShown: boolean }) {
  const t = translator(locale, 'giving')
  return (
    <form className="near2" action={localePath(locale, `/theo-doi/${code}/ten`)} method="post">
      <p className="small">{t(isShown ? 'gift.own.nameShown' : 'gift.own.nameHidden')}</p>
      <p className="near3">
        <button className="act act-2" type="submit" name="hien" value={isShown ? 'khong' : 'co'}>
          {t(isShown ? 'gift.own.hideName' : 'gift.own.showName')}
        </button>
      </p>
    </form>
  )
}

/** Whether links to the gift's page show a picture of it, and the way to change that. */
export function Pictured({ locale, code, isPictured }: { locale: Locale; code: string; isPictured: boolean }) {
  const t = translator(locale, 'giving')
  return (
    <form className="near2" action={localePath(locale, `/theo-doi/${code}/anh`)} method="post">
      <p className="small">{t(isPictured ? 'gift.own.pictured' : 'gift.own.notPictured')}</p>
      <p className="near3">
        <button className="act act-2" type="submit" name="hien" value={isPictured ? 'khong' : 'co'}>
          {t(isPictured ? 'gift.own.hidePicture' : 'gift.own.showPicture')}
        </button>
      </p>
    </form>
  )
}

/** The way to one statement for all that its donor gave in a year; none until something came. */
export function OneStatement({ locale, code, days }: { locale: Locale; code: string; days: readonly Day[] }) {
  const year = days.at(-1)?.slice(0, 4)
  if (year === undefined) return null
  return (
    <p className="near2">
      <a className="hit" href={localePath(locale, `/theo-doi/${code}/bang-ke/${year}#gop`)}>
        {translator(locale, 'receipts')('gather.ask', { year })}
      </a>
    </p>
  )
}

/** For who shares this device, and for whose link was seen by others. */
export function KeepSafe({ locale, code, formKey }: { locale: Locale; code: string; formKey: string }) {
  const t = translator(locale, 'giving')
  const path = localePath(locale, `/theo-doi/${code}`)
  return (
    <details className="near3">
      <summary>{t('gift.own.safe')}</summary>
      <form className="near3" action={`${path}/quen`} method="post">
        <p className="small">{t('gift.own.forgetNote')}</p>
        <p className="near3">
          <button className="act act-2" type="submit">
            {t('gift.own.forget')}
          </button>
        </p>
      </form>
      <form className="near2" action={`${path}/khoa-moi`} method="post">
        <input type="hidden" name="formKey" value={formKey} />
        <p className="small">{t('gift.own.renewNote')}</p>
        <p className="near3">
          <button className="act act-2" type="submit">
            {t('gift.own.renew')}
          </button>
        </p>
      </form>
    </details>
  )
}
