import type { Locale } from '@/lib/i18n/locale'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { GiftView, PayeeAccount } from '@/lib/pledges/model'
import { Qr } from './qr'

interface Props {
  locale: Locale
  gift: GiftView
  amountVnd: bigint
  account: PayeeAccount
  /** The VietQR as text; null where the sum is more than one instant transfer carries. */
  qr: string | null
  isSample: boolean
  /** Where a sample is paid: the test bank with this gift filled in. */
  testBankPath: string | null
  /** Banking apps that can be opened with the transfer filled in. */
  apps: { name: string; href: string }[]
}

/** How to pay: the code to scan, and the same to copy. */
export function Payment({ locale, gift, amountVnd, account, qr, isSample, testBankPath, apps }: Props) {
  const t = translator(locale, 'giving')
  const amount = formatVnd(amountVnd, locale)
  const fields = [
    { key: 'amount', value: amount, copy: String(amountVnd) },
    { key: 'memo', value: <span className="code">{gift.code}</span>, copy: gift.code },
    { key: 'account', value: <span className="so">{account.accountNumber}</span>, copy: account.accountNumber },
    { key: 'payee', value: account.accountName, copy: null },
    { key: 'bank', value: account.bankName, copy: null },
  ] as const
  return (
    <section className="pay" aria-labelledby="chuyen-khoan">
      <h2 className="head2" id="chuyen-khoan">
        {t('gift.waiting.pay')}
      </h2>
      <div className="pay-grid">
        {qr !== null && (
          <div>
            <Qr
              text={qr}
              label={
                isSample
                  ? t('gift.qr.sampleLabel', { amount, code: gift.code })
                  : t('gift.qr.label', { amount, payee: account.accountName, code: gift.code })
              }
              {...(isSample ? { sample: { across: t('gift.qr.sample'), around: t('gift.qr.sampleNote') } } : {})}
            />
            <p className="small quiet near3">{t('gift.waiting.scan')}</p>
          </div>
        )}
        <div>
          {qr === null && (
            <div className="small big-sum">
              <p>{t('gift.waiting.big')}</p>
              <ul className="dashes">
                <li>{t('gift.waiting.bigCounter')}</li>
                <li>{t('gift.waiting.bigParts')}</li>
              </ul>
            </div>
          )}
          <dl className="facts copies">
            {fields.map(({ key, value, copy }) => (
              <div key={key}>
                <dt>{t(`gift.fields.${key}`)}</dt>
                <dd
                  {...(copy === null
                    ? {}
                    : {
                        'data-copy': copy,
                        'data-copy-text': t('gift.fields.copy'),
                        'data-copied-text': t('gift.fields.copied'),
                        'data-copy-label': t('gift.fields.copyWhat', { what: t(`gift.fields.${key}`).toLowerCase() }),
                      })}
                >
                  <span>{value}</span>
                </dd>
              </div>
            ))}
          </dl>
          <p className="small near3">{t('gift.waiting.keep')}</p>
          {testBankPath !== null && (
            <div className="near2">
              <a className="act" href={localePath(locale, testBankPath)}>
                {t('gift.waiting.test')}
              </a>
              <p className="small quiet near3">{t('gift.waiting.testNote')}</p>
            </div>
          )}
          {apps.length > 0 && (
            <details className="near2">
              <summary>{t('gift.waiting.apps')}</summary>
              <ul className="apps">
                {apps.map(({ name, href }) => (
                  <li key={name}>
                    <a href={href} rel="noreferrer nofollow">
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
              <p className="small quiet">{t('gift.waiting.appsNote')}</p>
            </details>
          )}
        </div>
      </div>
    </section>
  )
}
