import type { Metadata } from 'next'
import { TestBankSent } from '@/components/bank/test-bank-sent'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { parseVnd } from '@/lib/money/vnd'
import { findPaymentCodes } from '@/lib/pledges/codes'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const PATH = '/ngan-hang-thu/da-gui'

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const { installation, origin } = serverContext()
  if (installation.kind !== 'sample') return notFoundMetadata(locale)
  const t = translator(locale, 'test-bank')
  return pageMetadata({ origin, locale, path: PATH, title: t('sent.title'), description: t('description'), isIndexed: false })
}

/** What the test bank has just sent; the address carries it, so that going back and forth sends nothing twice. */
export default async function SentPage({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const query = await searchParams
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].slice(0, 1_000) : '')
  const amountVnd = parseVnd(text('amount'))
  if (serverContext().installation.kind !== 'sample' || amountVnd === null) {
    answerWith(404)
    return <NotFound locale={locale} path={PATH} />
  }
  const codes = findPaymentCodes(text('memo'))
  return (
    <PageShell
      locale={locale}
      path={`${PATH}?${new URLSearchParams(['qr', 'amount', 'memo', 'reference', 'status', 'answer'].map((name) => [name, text(name)])).toString()}`}
    >
      <TestBankSent
        locale={locale}
        notice={{
          amountVnd,
          memo: text('memo'),
          reference: text('reference'),
          status: Number.parseInt(text('status'), 10) || 0,
          answer: text('answer'),
          code: codes.length === 1 ? (codes[0] ?? null) : null,
        }}
        againPath={`/ngan-hang-thu?${new URLSearchParams({ qr: text('qr') }).toString()}`}
      />
    </PageShell>
  )
}
