import type { ReactNode } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { GiftView } from '@/lib/pledges/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { pledgedText } from './pledged-text'

/** Where a gift stands, in the first lines of its page. `isOver`: its emergency appeal has ended, so nothing more is taken. */
export function GiftLead({ locale, gift, isOver }: { locale: Locale; gift: GiftView; isOver: boolean }) {
  const t = translator(locale, 'giving')
  const b = (text: ReactNode) => <b className="so">{text}</b>
  const commune = inSentence(gift.commune.fullName, locale)
  const category = gift.campaign.categoryName.charAt(0).toLowerCase() + gift.campaign.categoryName.slice(1)
  if (gift.state === 'cancelled') {
    return (
      <>
        <p className="lead">{t('gift.cancelled.lead')}</p>
        <p className="near2">
          {gift.campaign.isEmergency
            ? t('gift.cancelled.noteEmergency', { day: formatDay(gift.campaign.neededBy) })
            : t('gift.cancelled.note')}
        </p>
        <p className="near2">
          <a className="act act-3" href={localePath(locale, `/ung-ho/${gift.campaign.slug}`)}>
            {t('gift.cancelled.again')}
          </a>
        </p>
      </>
    )
  }
  if (isOver) {
    return (
      <>
        <p className="lead">{t('gift.over.lead', { day: formatDay(gift.campaign.neededBy) })}</p>
        <p className="near2">{t('gift.over.note')}</p>
        <p className="near2">
          <a className="act act-3" href={localePath(locale, '/ung-ho')}>
            {t('gift.over.others')}
          </a>
        </p>
      </>
    )
  }
  const ended = gift.campaign.state !== 'open' && !gift.campaign.isEmergency && (
    <p className="near2">{t('gift.waiting.notOpen', { overflow: gift.campaign.overflow })}</p>
  )
  if (gift.state === 'expired') {
    return (
      <>
        <p className="lead">{t('gift.expired.lead', { moment: formatMoment(gift.expiresAt) })}</p>
        <p className="near2">{t('gift.expired.note')}</p>
        {ended}
      </>
    )
  }
  const last = gift.gifts.at(-1)
  if (gift.state === 'open' || !last) {
    return (
      <>
        <p className="lead">{t.rich('gift.waiting.lead', { amount: pledgedText(gift.pledged, locale), category, commune, b })}</p>
        {ended}
      </>
    )
  }
  const total = gift.gifts.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)
  const facts = { amount: formatVnd(total, locale), category, commune, moment: formatMoment(last.receivedAt), b }
  return (
    <>
      <p className="lead">
        {gift.gifts.length > 1
          ? t.rich('gift.arrived.leadMany', { ...facts, count: gift.gifts.length })
          : t.rich('gift.arrived.lead', facts)}{' '}
        {t('gift.arrived.thanks')}
      </p>
      {gift.pledged.kind === 'vnd' && total !== gift.pledged.amountVnd && (
        <p className="near2">
          {t('gift.arrived.differs', { promised: pledgedText(gift.pledged, locale), received: formatVnd(total, locale) })}
        </p>
      )}
    </>
  )
}

/** How long the code is kept, and how the page learns that the money came: by a script, or by reloading itself. */
export function Waiting({ locale, gift, isRefreshing }: { locale: Locale; gift: GiftView; isRefreshing: boolean }) {
  const t = translator(locale, 'giving')
  const path = localePath(locale, `/theo-doi/${gift.code}`)
  return (
    <div className="small quiet near2">
      {gift.campaign.isEmergency ? (
        <p>{t('gift.waiting.untilEmergency', { day: formatDay(gift.campaign.neededBy) })}</p>
      ) : (
        gift.state === 'open' && <p>{t('gift.waiting.until', { moment: formatMoment(gift.expiresAt) })}</p>
      )}
      <p className="live-note" hidden>
        {t('gift.waiting.live')}
      </p>
      <noscript>
        <p>
          {isRefreshing
            ? t.rich('gift.waiting.refresh', { a: (text) => <a href={`${path}?tu-tai=khong`}>{text}</a> })
            : t.rich('gift.waiting.refreshOff', { a: (text) => <a href={path}>{text}</a> })}
        </p>
      </noscript>
    </div>
  )
}
