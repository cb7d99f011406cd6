import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Gather, type GatherNote } from '@/components/receipts/gather'
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
import { MOST_GATHERED, MOST_TYPED, readReturnedLinks, RETURNED_LINKS_COOKIE } from '@/lib/pledges/gathered'
import { MOST_LINES } from '@/lib/receipts/model'
import { readYear } from '@/lib/receipts/numbers'
import { checkStatementPath, gatherPath, receiptPath, statementPath } from '@/lib/receipts/paths'
import { canProve } from '@/lib/receipts/queries'
import { shownStatement } from '../shown-statement'

interface Props {
  params: Promise<{ locale: string; code: string; nam: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const LONGEST_SHOWN = 20
const NOTES: Readonly<Record<string, GatherNote>> = {
  'da=gop': 'gathered',
  'da=bo': 'left',
  'loi=khong-khoa': 'closed',
  'loi=nhieu': 'full',
  'loi=dai': 'long',
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, code: typed, nam } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'receipts')
  const [code, year] = [normalizeCode(typed).slice(0, LONGEST_SHOWN), nam.slice(0, LONGEST_SHOWN)]
  const title = readYear(nam) === null ? t('statement.noneTitle') : t('statement.title', { year })
  return pageMetadata({
    ...{ origin: serverContext().origin, locale, isIndexed: false },
    path: statementPath(code, year),
    title: (await searchParams)['loi'] === undefined ? title : `${translator(locale, 'giving')('form.errorPrefix')}${title}`,
    description: t('statement.description', { code, year }),
  })
}

/**
 * All that came with a code in a year, with the donor's own name for whose browser holds the private link; and for them with
 * what came with their other codes, where they gathered the keys of these.
 */
export default async function StatementPage({ params, searchParams }: Props) {
  const { locale, code: typed, nam } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'receipts')
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const year = readYear(nam)
  const context = serverContext()
  const { isOwn, gathered, statement, apart } = await shownStatement(context, { code, year, locale })
  const query = await searchParams
  const note = NOTES[`da=${String(query['da'])}`] ?? NOTES[`loi=${String(query['loi'])}`] ?? null
  const isReturned = note === 'closed' || note === 'full'
  const path = statementPath(code, nam.slice(0, LONGEST_SHOWN))
  const back = { href: localePath(locale, giftPath(code)), name: code }
  if (!statement) {
    answerWith(404)
    return (
      <PageShell locale={locale} path={path} here="lookup">
        <Crumbs locale={locale} steps={[back]} />
        <div className="title">
          <h1>{t('statement.noneTitle')}</h1>
          <p className="lead">{t('statement.none', { code, year: nam.slice(0, LONGEST_SHOWN), most: String(MOST_LINES) })}</p>
        </div>
      </PageShell>
    )
  }
  return (
    <PageShell locale={locale} path={path} here="lookup" place={{ seed: statement.seed }}>
      <Crumbs locale={locale} steps={[back]} />
      <div className="title">
        <h1>{t('statement.title', { year: nam })}</h1>
        <p className="lead">{whoseText(locale, isOwn)}</p>
      </div>
      {!isOwn && note === 'left' && (
        <p className="saved near" role="status">
          {t('gather.left')}
        </p>
      )}
      {!isOwn && query['loi'] === 'khong' && (
        <div className="problems near" role="alert">
          <p>{t('gather.refused')}</p>
        </div>
      )}
      <div className="sec near">
        <StatementSheet
          statement={statement}
          link={`${context.origin}${localePath(locale, checkStatementPath(statement))}`}
          isSample={context.installation.kind === 'sample'}
          paths={{ gift: giftPath, receipt: receiptPath }}
        />
      </div>
      {(await canProve(context, statement)) ? (
        <p className="acts no-print">
          <a className="act act-3" href={localePath(locale, `${path}/bang-ke.pdf`)}>
            {t('statement.pdf')}
          </a>
          <a className="act act-2" href={localePath(locale, checkStatementPath(statement))}>
            {t('page.verify')}
          </a>
        </p>
      ) : (
        <p className="near no-print">{t('page.waiting')}</p>
      )}
      {isOwn && (
        <Gather
          {...{ locale, code, year: nam, apart, most: MOST_GATHERED, mostTyped: MOST_TYPED }}
          joined={statement.purposes.flatMap((purpose) => (purpose.code === code ? [] : [purpose.code]))}
          isGathered={gathered.includes(code)}
          note={note}
          typed={isReturned ? readReturnedLinks((await cookies()).get(RETURNED_LINKS_COOKIE)?.value) : ''}
          isTypedCut={isReturned && query['thieu'] === 'co'}
          paths={{ gather: gatherPath(code), leave: `${gatherPath(code)}/bo`, statement: (other) => statementPath(other, nam) }}
        />
      )}
    </PageShell>
  )
}
