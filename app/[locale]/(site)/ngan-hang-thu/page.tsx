import type { Metadata } from 'next'
import { TestBankForm, type TestBankProblem } from '@/components/bank/test-bank-form'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { MANGLINGS, TEST_BANKS } from '@/lib/payments/test-bank/memos'
import { readVietQr } from '@/lib/payments/vietqr/vietqr'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const PATH = '/ngan-hang-thu'
const PROBLEMS: readonly TestBankProblem[] = ['amount', 'choice', 'form', 'unreachable']

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const { installation, origin } = serverContext()
  if (installation.kind !== 'sample') return notFoundMetadata(locale)
  const t = translator(locale, 'test-bank')
  return pageMetadata({ origin, locale, path: PATH, title: t('title'), description: t('description'), isIndexed: false })
}

/** Plays a bank, in a sample installation; a real one has no such page. */
export default async function TestBankPage({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  if (serverContext().installation.kind !== 'sample') {
    answerWith(404)
    return <NotFound locale={locale} path={PATH} />
  }
  const t = translator(locale, 'test-bank')
  const query = await searchParams
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, 1_000) : '')
  const qr = text('qr').trim()
  const read = query.qr === undefined ? null : readVietQr(qr)
  const problem = read && !read.ok ? read.refusal : (PROBLEMS.find((one) => one === query.loi) ?? null)
  return (
    <PageShell locale={locale} path={qr === '' ? PATH : `${PATH}?${new URLSearchParams({ qr }).toString()}`}>
      <div className="title">
        <h1>{t('title')}</h1>
        <p className="no-bank">{t('banner')}</p>
        <p className="lead">{t('lead')}</p>
      </div>
      <TestBankForm
        locale={locale}
        qr={qr}
        read={
          read?.ok
            ? { bin: read.value.bin, accountNumber: read.value.account, amountVnd: read.value.amountVnd, memo: read.value.purpose }
            : null
        }
        problem={problem}
        typed={{ amount: text('amount').slice(0, 40), bank: text('bank') || 'vietcombank', mangling: text('mangling') || 'none' }}
        banks={TEST_BANKS}
        manglings={MANGLINGS}
      />
    </PageShell>
  )
}
