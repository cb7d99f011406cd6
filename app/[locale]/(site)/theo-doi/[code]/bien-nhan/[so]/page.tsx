import type { Metadata } from 'next'
import { ReceiptSheet, whoseText } from '@/components/receipts/receipt-page'
import { receiptNumber } from '@/components/receipts/text'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath } from '@/lib/pledges/cookies'
import { readNumber } from '@/lib/receipts/numbers'
import { checkPath, proofPath, receiptPath, statementPath } from '@/lib/receipts/paths'
import { getReceipt } from '@/lib/receipts/queries'
import { isOwner } from '../../own-secret'

interface Props {
  params: Promise<{ locale: string; code: string; so: string }>
}

const LONGEST_SHOWN = 20

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, code: typed, so } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'receipts')
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const number = readNumber(so)
  return pageMetadata({
    ...{ origin: serverContext().origin, locale, isIndexed: false },
    path: receiptPath(code, number ?? 0n),
    title: number === null ? t('page.gone') : t('pageTitle', { number: receiptNumber(number) }),
    description: t('description', { code }),
  })
}

/** The receipt of one gift: with the donor's own name for whose browser holds the private link, else what is public. */
export default async function ReceiptPage({ params }: Props) {
  const { locale, code: typed, so } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'receipts')
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const number = readNumber(so)
  const context = serverContext()
  const isOwn = await isOwner(context, code)
  const receipt = number === null ? null : await getReceipt(context, { code, number, isOwn }, locale)
  const back = { href: localePath(locale, giftPath(code)), name: code }
  if (number === null || !receipt) {
    answerWith(404)
    return (
      <PageShell locale={locale} path={receiptPath(code, number ?? 0n)} here="lookup">
        <Crumbs locale={locale} steps={[back]} />
        <div className="title">
          <h1>{t('page.gone')}</h1>
          <p className="lead">{t('page.goneText', { code, number: so.slice(0, LONGEST_SHOWN) })}</p>
        </div>
      </PageShell>
    )
  }
  const path = receiptPath(code, number)
  const year = receipt.line.day.slice(0, 4)
  return (
    <PageShell locale={locale} path={path} here="lookup" place={{ seed: receipt.seed }}>
      <Crumbs locale={locale} steps={[back]} />
      <div className="title">
        <h1>{t('pageTitle', { number: receiptNumber(number) })}</h1>
        <p className="lead">{whoseText(locale, isOwn)}</p>
      </div>
      <div className="sec near">
        <ReceiptSheet
          receipt={receipt}
          link={`${context.origin}${localePath(locale, checkPath(number))}`}
          isSample={context.installation.kind === 'sample'}
        />
      </div>
      {receipt.line.entry ? (
        <>
          <p className="acts no-print">
            <a className="act act-3" href={localePath(locale, `${path}/bien-nhan.pdf`)}>
              {t('page.pdf')}
            </a>
            <a className="act act-2" href={localePath(locale, checkPath(number))}>
              {t('page.verify')}
            </a>
            <a className="act act-2" href={proofPath(number)} download={`tung-dong-${number}.tlog-proof`}>
              {t('page.proof')}
            </a>
          </p>
          <p className="near2 no-print">{t('page.keep')}</p>
        </>
      ) : (
        <p className="near no-print">{t('page.waiting')}</p>
      )}
      <p className="near2 no-print">
        <a href={localePath(locale, statementPath(code, year))}>{t('page.year', { year })}</a>
      </p>
    </PageShell>
  )
}
