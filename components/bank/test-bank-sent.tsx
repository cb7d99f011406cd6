import { Facts } from '@/components/ui/facts'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'

/** What the test bank told the site, and what the site answered. */
export interface SentNotice {
  amountVnd: bigint
  memo: string
  reference: string
  status: number
  answer: string
  /** The code that survived in the memo; null where none did. */
  code: string | null
}

/** After a test transfer: what was sent, the answer, and the way back to the gift. */
export function TestBankSent({ locale, notice, againPath }: { locale: Locale; notice: SentNotice; againPath: string }) {
  const t = translator(locale, 'test-bank')
  const isAccepted = notice.status >= 200 && notice.status < 300
  return (
    <>
      <div className="title">
        <h1>{t('sent.title')}</h1>
        <p className="lead">{isAccepted ? t('sent.lead', { amount: formatVnd(notice.amountVnd, locale) }) : t('sent.refused')}</p>
        {isAccepted && notice.code === null && <p className="near2">{t('sent.unmatched')}</p>}
        <p className="acts">
          {isAccepted && notice.code !== null && (
            <a className="act act-3" href={localePath(locale, `/theo-doi/${notice.code}`)}>
              {t('sent.follow', { code: notice.code })}
            </a>
          )}
          <a className="act act-2" href={localePath(locale, againPath)}>
            {t('sent.again')}
          </a>
        </p>
      </div>
      <section className="sec near">
        <Facts
          facts={[
            { key: 'memo', term: t('sent.memo'), value: <span className="memo">{notice.memo}</span> },
            { key: 'reference', term: t('sent.reference'), value: <span className="so">{notice.reference}</span> },
            {
              key: 'answer',
              term: t('sent.answer'),
              value: (
                <span className="memo">
                  {notice.status} {notice.answer}
                </span>
              ),
            },
          ]}
        />
      </section>
    </>
  )
}
