import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { CodeForm, FileForm } from '@/components/checking/check-forms'
import { HowItIsProved, Keys, OwnTools, TheScript } from '@/components/checking/how'
import { LookedUp } from '@/components/checking/looked-up'
import { RiverSection } from '@/components/river/river-section'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext, type ServerContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { lastCheckpoint } from '@/lib/public-log/ancestor'
import type { Trust } from '@/lib/receipts/check'
import { BETWEEN_NUMBERS } from '@/lib/receipts/asked'
import { decodeTold, TOLD_COOKIE } from '@/lib/receipts/kept'
import { lookUp, type Looked } from '@/lib/receipts/look'
import type { TellTexts } from '@/lib/receipts/model'
import { readYear } from '@/lib/receipts/numbers'
import { CHECK_PATH, proofPath, receiptPath, toolsPath } from '@/lib/receipts/paths'
import { tellEntry } from '@/lib/receipts/tell'
import { getTellTexts } from '@/lib/receipts/tell-texts'
import { getTrust, trustTexts } from '@/lib/receipts/trust'
import { getRiver } from '@/lib/river/queries'
import { checkScript } from './script'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** As many numbers as a statement's QR code has fit in. */
const LONGEST_TYPED = 200
const FILE_ERRORS = { khong: 'file.none', lon: 'file.large', ban: 'file.busy' } as const

/** The code, or the number of a receipt, that is asked for. */
function typedIn({ ma, muc }: Record<string, string | string[] | undefined>): string | null {
  const typed = [ma, muc].flat().find((one) => one !== undefined && one.trim() !== '')
  return typed === undefined ? null : typed.slice(0, LONGEST_TYPED)
}

/** This page's path with what was asked of it, so that the language switch leads to the same. */
function samePath(asked: Record<string, string | string[] | undefined>): string {
  const kept = ['ma', 'muc', 'nam'].flatMap((name): [string, string][] => {
    const value = asked[name]
    return typeof value === 'string' && value !== '' ? [[name, value.slice(0, LONGEST_TYPED)]] : []
  })
  return kept.length === 0 ? CHECK_PATH : `${CHECK_PATH}?${new URLSearchParams(kept).toString()}`
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'checking')
  const asked = await searchParams
  return pageMetadata({
    ...{ origin: serverContext().origin, locale, path: CHECK_PATH, title: t('title'), description: t('description') },
    isIndexed: typedIn(asked) === null && asked['tep'] === undefined,
  })
}

/** "Check us": a receipt, a proof, a paper or a code is held against the public log. */
export default async function CheckPage({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'checking')
  const context = serverContext()
  const asked = await searchParams
  const trust = await getTrust(context)
  const size = (await lastCheckpoint(context.db))?.size ?? 0
  const typed = typedIn(asked)
  const river = await getRiver(context, typeof asked['nam'] === 'string' ? readYear(asked['nam']) : null, locale)
  const texts = await getTellTexts(context, locale)
  const { lines, sha256 } = checkScript()
  return (
    <PageShell locale={locale} path={samePath(asked)}>
      <div className="title">
        <h1>{t('title')}</h1>
        <p className="lead">{t('lead')}</p>
      </div>
      {trust === null ? (
        <p className="near">{t('key.none')}</p>
      ) : (
        <>
          <FileForm {...{ locale, trust: trustTexts(trust), texts }} {...await toldFile(asked['tep'], locale)} />
          <section className="sec" aria-labelledby="kiem-ma">
            <h2 className="head2" id="kiem-ma">
              {t('code.title')}
            </h2>
            <CodeForm locale={locale} typed={typed ?? ''} />
            {typed !== null && (await Found({ context, trust, texts, typed, locale }))}
          </section>
        </>
      )}
      {river && <RiverSection locale={locale} river={river} />}
      <HowItIsProved locale={locale} witnesses={trust?.witnessKeys.length ?? 0} isSample={context.installation.kind === 'sample'} />
      {trust !== null && <Keys locale={locale} trust={trustTexts(trust)} size={size} />}
      <TheScript locale={locale} lines={lines} sha256={sha256} />
      <OwnTools locale={locale} />
      <script type="module" src="/js/check.js" />
    </PageShell>
  )
}

/** What came of a file that was sent, or why nothing did. */
async function toldFile(asked: string | string[] | undefined, locale: Locale) {
  const t = translator(locale, 'checking')
  if (asked === 'khong' || asked === 'lon' || asked === 'ban') return { told: null, error: t(FILE_ERRORS[asked]) }
  if (asked !== 'xong') return { told: null, error: null }
  const told = decodeTold((await cookies()).get(TOLD_COOKIE)?.value)
  return { told, error: told ? null : t('file.lost') }
}

interface FoundProps {
  context: ServerContext
  trust: Trust
  texts: TellTexts
  typed: string
  locale: Locale
}

/** What a code or a number leads to. */
async function Found({ context, trust, texts, typed, locale }: FoundProps) {
  const t = translator(locale, 'checking')
  const looked: Looked = await lookUp(context, trust, typed, locale)
  if (looked.kind === 'waiting') return <p className="near">{t('code.waiting', { code: looked.code })}</p>
  if (looked.kind === 'unknown') {
    answerWith(404)
    return (
      <p className="near" role="alert">
        {t('code.unknown', { typed: typed.replaceAll(BETWEEN_NUMBERS, ', ') })}
      </p>
    )
  }
  return (
    <LookedUp
      locale={locale}
      code={looked.code}
      missing={looked.missing}
      hasMore={looked.hasMore}
      paths={{ receipt: receiptPath, tools: toolsPath }}
      parts={looked.shown.map(({ number, entry, beside }) => ({
        ...{ part: tellEntry(entry, texts, locale), isRight: entry.ok, number, beside },
        ...{ code: entry.ok ? entry.facts.code : null, proof: proofPath(number) },
      }))}
    />
  )
}
