import { Qr } from '@/components/giving/qr'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { GiverHead, ReceiptView } from '@/lib/receipts/model'
import { formatDay } from '@/lib/time/day'
import { fundLines, receiptNumber, receiptRows, type PaperRow } from './text'

interface Props {
  receipt: ReceiptView
  /** The whole address where it is checked. */
  link: string
  isSample: boolean
}

/** A receipt as it is printed. */
export function ReceiptSheet({ receipt, link, isSample }: Props) {
  const { locale, line } = receipt
  const t = translator(locale, 'receipts')
  const number = receiptNumber(line.number)
  return (
    <article className="receipt" aria-labelledby="bien-nhan">
      <SheetHead receipt={receipt} number={number} />
      <h2 id="bien-nhan">{t('title')}</h2>
      <p className="receipt-day">{t('day', { day: formatDay(line.day) })}</p>
      {isSample && <p className="receipt-day">{t('sample')}</p>}
      <SheetRows rows={receiptRows(receipt)} />
      <SheetFoot locale={locale} link={link} qr={t('qr', { number })} />
    </article>
  )
}

/** How a paper is checked, and what it is not. */
export function SheetFoot({ locale, link, qr, rest = null }: { locale: Locale; link: string; qr: string; rest?: string | null }) {
  const t = translator(locale, 'receipts')
  return (
    <div className="receipt-foot">
      <Qr text={link} label={qr} />
      <div>
        <p>
          <b>{t('check')}</b>
        </p>
        <p className="receipt-link">{link}</p>
        {rest !== null && <p>{rest}</p>}
        <p>{t('checkPrinted')}</p>
        <p>{t('note')}</p>
      </div>
    </div>
  )
}

/** Whose paper it is, and its number. */
export function SheetHead({ receipt: { locale, fund }, number }: { receipt: GiverHead; number: string | null }) {
  const t = translator(locale, 'receipts')
  return (
    <header>
      <div>
        <p>
          <b>{fund.name}</b>
        </p>
        {fundLines(fund, locale).map((line) => (
          <p key={line} className="small quiet">
            {line}
          </p>
        ))}
      </div>
      {number !== null && <p>{t('number', { number })}</p>}
    </header>
  )
}

export function SheetRows({ rows }: { rows: readonly PaperRow[] }) {
  return (
    <dl>
      {rows.map(({ key, label, value, isBig, lang }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd lang={lang}>{isBig ? <b className="so">{value}</b> : value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Whose name is on it, and why perhaps not all of it. */
export const whoseText = (locale: Locale, isOwn: boolean): string => translator(locale, 'receipts')(isOwn ? 'page.own' : 'page.nameless')
