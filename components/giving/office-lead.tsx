import type { ReactNode } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { GiftView } from '@/lib/pledges/model'
import { formatDay } from '@/lib/time/day'
import { pledgedText } from './pledged-text'

/**
 * What was handed in at an office and is not the fund's: a cheque that waits for its bank, one that was not paid, or whose
 * money its bank took back, cash written down wrongly.
 */
export function OfficeLead({ locale, gift }: { locale: Locale; gift: GiftView }) {
  const t = translator(locale, 'giving')
  const facts = {
    ...{ amount: pledgedText(gift.pledged, locale), number: gift.receipt?.number ?? '' },
    ...{ day: formatDay(gift.receipt?.receivedOn ?? ''), b: (text: ReactNode) => <b className="so">{text}</b> },
  }
  const unpaid = gift.receipt?.isReturned ? 'returned' : 'waiting'
  const is = gift.method === 'cash' ? 'reversed' : gift.state === 'received' ? 'calledBack' : unpaid
  return (
    <>
      <p className="lead">{t.rich(`gift.office.${is}.lead`, facts)}</p>
      <p className="near2">{t(`gift.office.${is}.note`)}</p>
    </>
  )
}
