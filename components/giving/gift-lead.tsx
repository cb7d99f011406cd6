import type { ReactNode } from 'react'
import { WithSums } from '@/components/ui/logged-sum'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { isBeingPaid, isOfOffice, sumGifts, type GiftView } from '@/lib/pledges/model'
import { formatDay, formatMoment } from '@/lib/time/day'
import { OfficeLead } from './office-lead'
import { pledgedText } from './pledged-text'

/** Where a gift stands, in the first lines of its page. `isOver`: its emergency appeal has ended, so nothing more is taken. */
export function GiftLead({ locale, gift, isOver }: { locale: Locale; gift: GiftView; isOver: boolean }) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const b = (text: ReactNode) => <b className="so">{text}</b>
  const { standingVnd, heldVnd } = sumGifts(gift.gifts)
  const isCalledBack = gift.changes.at(-1)?.kind === 'cheque_returned' && standingVnd + heldVnd === 0n
  if (isOfOffice(gift.method) && (gift.state !== 'received' || isCalledBack)) return <OfficeLead locale={locale} gift={gift} />
  const { campaign } = gift
  if (!campaign || !gift.commune) {
    const moment = formatMoment(gift.gifts.at(-1)?.receivedAt ?? gift.createdAt)
    const pot = { moment, fund: gift.fund.name, b }
    return (
      <ArrivedLead
        locale={locale}
        gift={gift}
        lead={(amount) => t.rich('gift.office.toPot', { ...pot, amount })}
        back={(amount) => t.rich('gift.office.backFromPot', { ...pot, amount })}
      />
    )
  }
  const commune = inSentence(gift.commune.fullName, locale)
  const category = campaign.categoryName.charAt(0).toLowerCase() + campaign.categoryName.slice(1)
  if (gift.state === 'cancelled') {
    return (
      <>
        <p className="lead">{t('gift.cancelled.lead')}</p>
        <p className="near2">
          {campaign.isEmergency ? t('gift.cancelled.noteEmergency', { day: formatDay(campaign.neededBy) }) : t('gift.cancelled.note')}
        </p>
        <p className="near2">
          <a className="act act-3" href={localePath(locale, `/ung-ho/${campaign.slug}`)}>
            {t('gift.cancelled.again')}
          </a>
        </p>
      </>
    )
  }
  if (isOver) {
    return (
      <>
        <p className="lead">{t('gift.over.lead', { day: formatDay(campaign.neededBy) })}</p>
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
  const ended = campaign.state !== 'open' && !campaign.isEmergency && (
    <p className="near2">{t('gift.waiting.notOpen', { overflow: campaign.overflow })}</p>
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
  const arrived = { ...facts, moment: formatMoment(last.receivedAt) }
  const count = gift.gifts.length
  return (
    <ArrivedLead
      locale={locale}
      gift={gift}
      lead={(amount) =>
        count > 1 ? t.rich('gift.arrived.leadMany', { ...arrived, amount, count }) : t.rich('gift.arrived.lead', { ...arrived, amount })
      }
      back={(amount) => card.rich('arrived.returnedAll', { ...arrived, amount })}
    />
  )
}

interface ArrivedProps {
  locale: Locale
  gift: GiftView
  /** What came, in one sentence. */
  lead: (amount: string) => ReactNode
  /** The same where all of it went back. */
  back: (amount: string) => ReactNode
}

/** What came, and what of it went back or waits. */
function ArrivedLead({ locale, gift, lead, back }: ArrivedProps) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const { totalVnd, returnedVnd, heldVnd } = sumGifts(gift.gifts)
  const marked = (say: (amount: string) => ReactNode) => <WithSums locale={locale} say={(sum) => say(sum('received', totalVnd))} />
  if (returnedVnd === totalVnd) return <p className="lead">{marked(back)}</p>
  return (
    <>
      <p className="lead">
        {marked(lead)} {t('gift.arrived.thanks')}
      </p>
      {gift.pledged.kind === 'vnd' && totalVnd !== gift.pledged.amountVnd && (
        <p className="near2">
          {marked((received) => t('gift.arrived.differs', { promised: pledgedText(gift.pledged, locale), received }))}
        </p>
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
      {gift.campaign?.isEmergency ? (
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
