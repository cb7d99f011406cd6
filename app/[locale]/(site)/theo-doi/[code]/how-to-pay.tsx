import { CardPayment } from '@/components/cards/card-payment'
import { Waiting } from '@/components/giving/gift-lead'
import { Payment } from '@/components/giving/payment'
import type { CardNote, CardOffer } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { appLinks } from '@/lib/payments/vietqr/app-links'
import { giftQr, NAPAS_LIMIT_VND } from '@/lib/payments/vietqr/vietqr'
import { isBeingPaid, type GiftView } from '@/lib/pledges/model'

interface Props {
  locale: Locale
  gift: GiftView
  isSample: boolean
  cards: CardOffer
  /** Whether this browser holds the pledge's secret. */
  isOwn: boolean
  note: CardNote | null
  isRefreshing: boolean
}

/** How a pledge that waits is paid: by transfer, or by card with the transfer beside it. */
export function HowToPay(props: Props) {
  const { locale, gift, isSample, isRefreshing } = props
  return (
    <>
      {gift.method === 'card' || isBeingPaid(gift) ? (
        <CardPayment {...props} transfer={transferOf(locale, gift, isSample)} />
      ) : (
        (transferOf(locale, gift, isSample) ?? <p>{translator(locale, 'giving')('gift.waiting.noAccount')}</p>)
      )}
      <Waiting locale={locale} gift={gift} isRefreshing={isRefreshing} />
    </>
  )
}

/** The QR code and the same to copy; null for another currency, and where the fund has no account. */
function transferOf(locale: Locale, gift: GiftView, isSample: boolean) {
  const { account, pledged } = gift
  if (!account || pledged.kind !== 'vnd') return null
  const { amountVnd } = pledged
  const wish = { bin: account.bin, accountNumber: account.accountNumber, amountVnd, code: gift.code }
  const text = giftQr(wish)
  return (
    <Payment
      locale={locale}
      gift={gift}
      amountVnd={amountVnd}
      account={account}
      qr={amountVnd < NAPAS_LIMIT_VND ? text : null}
      isSample={isSample}
      testBankPath={isSample ? `/ngan-hang-thu?${new URLSearchParams({ qr: text, amount: String(amountVnd) }).toString()}` : null}
      apps={isSample || amountVnd >= NAPAS_LIMIT_VND ? [] : appLinks(wish)}
    />
  )
}
