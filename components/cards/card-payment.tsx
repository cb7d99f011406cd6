import type { ReactNode } from 'react'
import type { CardNote, CardOffer } from '@/lib/cards/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isBeingPaid, type GiftView } from '@/lib/pledges/model'
import { pledgedText } from '../giving/pledged-text'
import { noteText } from './note-text'

interface Props {
  locale: Locale
  gift: GiftView
  cards: CardOffer
  /** Whether this browser holds the pledge's secret. */
  isOwn: boolean
  isSample: boolean
  /** What the head of the page says already. */
  note: CardNote | null
  /** How to transfer instead; null for another currency, and where the fund has no account. */
  transfer: ReactNode
}

/** How a pledge is paid by card: the button that leads to the card company's page, or why there is none. */
export function CardPayment(props: Props) {
  const { locale, gift } = props
  const t = translator(locale, 'card')
  const booking = gift.pledged.kind === 'vnd' ? t('state.booking') : t('state.bookingForeign')
  return (
    <section className="pay" aria-labelledby="tra-the">
      <h2 className="head2" id="tra-the">
        {t('title')}
      </h2>
      {isBeingPaid(gift) ? <p>{gift.card === 'processing' ? t('state.processing') : booking}</p> : <Payable {...props} />}
    </section>
  )
}

function Payable({ locale, gift, cards, isOwn, isSample, note, transfer }: Props) {
  const t = translator(locale, 'card')
  const closed = cards === 'open' ? null : cards === 'paused' ? 'paused' : 'no_cards'
  const isPayable = closed === null && isOwn
  return (
    <>
      {(gift.card === 'failed' || gift.card === 'expired') && note === null && <p>{t(`state.${gift.card}`)}</p>}
      {closed !== null && closed !== note && <p>{noteText(locale, gift, closed)}</p>}
      {closed === null && !isOwn && <p>{t('pay.stranger')}</p>}
      {isPayable && <CardButton locale={locale} gift={gift} isSample={isSample} />}
      {transfer && (
        <details className="near2" {...(isPayable ? {} : { open: true })}>
          <summary>{t('pay.orTransfer')}</summary>
          <div className="near3">{transfer}</div>
        </details>
      )}
    </>
  )
}

function CardButton({ locale, gift, isSample }: { locale: Locale; gift: GiftView; isSample: boolean }) {
  const t = translator(locale, 'card')
  const amount = pledgedText(gift.pledged, locale)
  return (
    <form action={localePath(locale, `/theo-doi/${gift.code}/the`)} method="post">
      <p>{t('pay.text')}</p>
      {gift.pledged.kind === 'foreign' && <p className="near3">{t('pay.foreign', { amount })}</p>}
      <p className="near2">
        <button className="act" type="submit">
          {t('pay.button', { amount })}
        </button>
      </p>
      {isSample && <p className="small quiet near3">{t('pay.test')}</p>}
    </form>
  )
}
