import type { Metadata } from 'next'
import { whoseText } from '@/components/receipts/receipt-page'
import { StatementSheet } from '@/components/receipts/statement-page'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath } from '@/lib/pledges/cookies'
import { readYear } from '@/lib/receipts/numbers'
import { receiptPath, statementPath } from '@/lib/receipts/paths'
import { getYearStatement } from '@/lib/receipts/queries'
import { ownSecret } from '../../own-secret'

interface Props {
  params: Promise<{ locale: string; code: string; nam: string }>
}

const LONGEST_SHOWN = 20

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, code: typed, nam } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'receipts')
  const [code, year] = [normalizeCode(typed).slice(0, LONGEST_SHOWN), nam.slice(0, LONGEST_SHOWN)]
  return pageMetadata({
    ...{ origin: serverContext().origin, locale, isIndexed: false },
    path: statementPath(code, year),
    title: readYear(nam) === null ? t('statement.noneTitle') : t('statement.title', { year }),
    description: t('statement.description', { code, year }),
  })
}

/** All that came with a code in a year, with the donor's own name for whose browser holds the private link. */
export default async function StatementPage({ params }: Props) {
  const { locale, code: typed, nam } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'receipts')
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const year = readYear(nam)
  const context = serverContext()
  const isOwn = (await ownSecret(context, code)) !== null
  const statement = year === null ? null : await getYearStatement(context, { code, year, isOwn }, locale)
  const path = statementPath(code, nam.slice(0, LONGEST_SHOWN))
  const back = { href: localePath(locale, giftPath(code)), name: code }
  if (!statement) {
    answerWith(404)
    return (
      <PageShell locale={locale} path={path} here="lookup">
        <Crumbs locale={locale} steps={[back]} />
        <div className="title">
          <h1>{t('statement.noneTitle')}</h1>
          <p className="lead">{t('statement.none', { code, year: nam.slice(0, LONGEST_SHOWN) })}</p>
        </div>
      </PageShell>
    )
  }
  return (
    <PageShell locale={locale} path={path} here="lookup" place={{ seed: statement.seed }}>
      <Crumbs locale={locale} steps={[back]} />
      <div className="title">
        <h1>{t('statement.title', { year: nam })}</h1>
        <p className="lead">{t('statement.lead', { count: statement.lines.length, year: nam })}</p>
        <p className="near2">{whoseText(locale, isOwn)}</p>
      </div>
      <div className="sec near">
        <StatementSheet
          statement={statement}
          isSample={context.installation.kind === 'sample'}
          receiptPath={(number) => receiptPath(code, number)}
        />
      </div>
      <p className="acts no-print">
        <a className="act act-3" href={localePath(locale, `${path}/bang-ke.pdf`)}>
          {t('statement.pdf')}
        </a>
      </p>
    </PageShell>
  )
}
