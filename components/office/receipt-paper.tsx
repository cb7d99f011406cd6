import { Qr } from '@/components/giving/qr'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { englishWords, vietnameseWords } from '@/lib/money/words'
import type { ReceiptView } from '@/lib/office/model'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  receipt: ReceiptView
  /** The whole address that is printed: the giver's own, where `isPrivate`. */
  link: string
  isPrivate: boolean
  isSample: boolean
}

/** A receipt to print and sign, as phiếu thu are laid out: who, why, how much in figures and words, and who signs. */
export function ReceiptPaper({ locale, receipt, link, isPrivate, isSample }: Props) {
  const t = translator(locale, 'office')
  const { kind, number, giver, taxCode, campaign, commune, amountVnd, cheque, code, fund, receivedOn } = receipt
  const words = locale === 'vi' ? vietnameseWords(amountVnd) : englishWords(amountVnd)
  const rows = [
    { key: 'from', value: giver },
    ...(taxCode === null ? [] : [{ key: 'taxCode' as const, value: taxCode }]),
    { key: 'address', value: null },
    { key: 'reason', value: campaign === null ? t('receipt.forPot') : t('receipt.forCampaign', { campaign, commune: commune ?? '' }) },
    { key: 'amount', value: <b className="so">{formatVnd(amountVnd, locale)}</b> },
    { key: 'words', value: t('receipt.wordsOf', { words: words.charAt(0).toUpperCase() + words.slice(1) }) },
    ...(cheque ? [{ key: 'cheque' as const, value: t('chequeOf', cheque) }] : []),
  ] as const
  return (
    <article className="receipt" aria-labelledby="phieu">
      <header>
        <p>
          <b>{fund.name}</b>
        </p>
        <p>{t('receipt.number', { number })}</p>
      </header>
      <h2 id="phieu">{t(`receipt.titles.${kind}`)}</h2>
      <p className="receipt-day">{t('receipt.day', { day: formatDay(receivedOn) })}</p>
      {isSample && <p className="receipt-day">{t('receipt.sample')}</p>}
      <dl>
        {rows.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(`receipt.${key}`)}</dt>
            <dd className={value === null ? 'receipt-blank' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      {kind === 'cheque' && <p>{t('receipt.chequeNote')}</p>}
      <div className="receipt-signs">
        {(['giver', 'writer', 'cashier', 'chief', 'head'] as const).map((who) => (
          <p key={who}>
            <b>{t(`receipt.signatures.${who}`)}</b>
            <span className="sub">({t('receipt.sign')})</span>
          </p>
        ))}
      </div>
      <div className="receipt-foot">
        <Qr text={link} label={t('receipt.qr', { code })} />
        <div>
          <p>{t(isPrivate ? 'receipt.follow' : 'receipt.followPublic')}</p>
          <p className="receipt-link">{link}</p>
          <p>
            <span className="code">{code}</span>
          </p>
          {isPrivate && <p>{t('receipt.secretNote')}</p>}
        </div>
      </div>
    </article>
  )
}
