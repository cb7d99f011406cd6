import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LookupForm } from '@/components/giving/lookup-form'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { giftPath } from '@/lib/pledges/cookies'
import { readTypedCode, type TypedCode } from '@/lib/pledges/typed-code'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const PATH = '/tra-cuu'

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'giving')
  const isAsked = (await searchParams).ma !== undefined
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: PATH,
    title: isAsked ? `${t('form.errorPrefix')}${t('lookup.title')}` : t('lookup.title'),
    description: t('lookup.description'),
    isIndexed: !isAsked,
  })
}

export default async function LookupPage({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'giving')
  const { ma } = await searchParams
  const typed = Array.isArray(ma) ? ma[0] : ma
  const read = typed === undefined ? null : readTypedCode(typed)
  if (read?.kind === 'code') redirect(localePath(locale, giftPath(read.code)))
  return (
    <PageShell locale={locale} path={PATH} here="lookup">
      <div className="title">
        <h1>{t('lookup.title')}</h1>
        <p className="lead">{t('lookup.lead')}</p>
      </div>
      <LookupForm locale={locale} typed={(typed ?? '').slice(0, 40)} error={read === null ? null : whatIsWrong(read, locale)} />
      <section className="sec" aria-labelledby="o-dau">
        <h2 className="head2" id="o-dau">
          {t('lookup.where')}
        </h2>
        <ul className="rules">
          <li>{t('lookup.whereApp')}</li>
          <li>{t('lookup.whereSms')}</li>
          <li>{t('lookup.whereLink')}</li>
        </ul>
        <h3 className="near">{t('lookup.without')}</h3>
        <p className="near3">{t('lookup.withoutText')}</p>
      </section>
    </PageShell>
  )
}

function whatIsWrong(read: Exclude<TypedCode, { kind: 'code' }>, locale: Locale): string {
  const t = translator(locale, 'giving')
  switch (read.kind) {
    case 'empty':
      return t('lookup.empty')
    case 'confused':
      return t('lookup.confused', { symbols: read.symbols.join(', ') })
    case 'length':
      return t('lookup.length', { count: read.count })
    case 'shape':
      return t('lookup.shape', { code: read.code })
    case 'typo':
      return t('lookup.typo', { code: read.code })
  }
}
