import type { ReactNode } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { isBeingPaid, sumGifts, type GiftView } from '@/lib/pledges/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { pledgedText } from './pledged-text'

/** Where a gift stands, in the first lines of its page. `isOver`: its emergency appeal has ended, so nothing more is taken. */
export function GiftLead({ locale, gift, isOver }: { locale: Locale; gift: GiftView; isOver: boolean }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
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
  const facts = { amount: pledgedText(gift.pledged, locale), category, commune, b }
  if (isBeingPaid(gift)) return <p className="lead">{card.rich(gift.card === 'processing' ? 'lead.processing' : 'lead.booking', facts)}</p>
  const ended = gift.campaign.state !== 'open' && !gift.campaign.isEmergency && (
    <p className="near2">{t('gift.waiting.notOpen', { overflow: gift.campaign.overflow })}</p>
  )
  const isByCard = gift.method === 'card'
  if (gift.state === 'expired') {
    return (
      <>
        <p className="lead">{t('gift.expired.lead', { moment: formatMoment(gift.expiresAt) })}</p>
        <p className="near2">{isByCard ? card('expired') : t('gift.expired.note')}</p>
        {ended}
      </>
    )
  }
  const last = gift.gifts.at(-1)
  if (gift.state === 'open' || !last) {
    return (
      <>
        <p className="lead">{isByCard ? card.rich('lead.waiting', facts) : t.rich('gift.waiting.lead', facts)}</p>
        {ended}
      </>
    )
  }
  return <ArrivedLead locale={locale} gift={gift} facts={{ ...facts, moment: formatMoment(last.receivedAt) }} />
}

interface Facts {
  category: string
  commune: string
  moment: string
  b: (text: ReactNode) => ReactNode
}

/** What came, and what of it went back or waits. */
function ArrivedLead({ locale, gift, facts }: { locale: Locale; gift: GiftView; facts: Facts }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const { totalVnd, returnedVnd, heldVnd } = sumGifts(gift.gifts)
  const amount = formatVnd(totalVnd, locale)
  if (returnedVnd === totalVnd) return <p className="lead">{card.rich('arrived.returnedAll', { ...facts, amount })}</p>
  return (
    <>
      <p className="lead">
        {gift.gifts.length > 1
          ? t.rich('gift.arrived.leadMany', { ...facts, amount, count: gift.gifts.length })
          : t.rich('gift.arrived.lead', { ...facts, amount })}{' '}
        {t('gift.arrived.thanks')}
      </p>
      {gift.pledged.kind === 'vnd' && totalVnd !== gift.pledged.amountVnd && (
        <p className="near2">{t('gift.arrived.differs', { promised: pledgedText(gift.pledged, locale), received: amount })}</p>
      )}
      {returnedVnd > 0n && <p className="near2">{card('arrived.returned', { amount: formatVnd(returnedVnd, locale) })}</p>}
      {heldVnd > 0n && <p className="near2">{card('arrived.held', { amount: formatVnd(heldVnd, locale) })}</p>}
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
        gift.state === 'open' && !isBeingPaid(gift) && <p>{t('gift.waiting.until', { moment: formatMoment(gift.expiresAt) })}</p>
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
