import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { CARD_PROBLEMS, CardCheck, CardsPaused } from '@/components/giving/card-check'
import { UnknownCode } from '@/components/giving/unknown-code'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { MOST_KEYS, offerClearance } from '@/lib/cards/clearance'
import { TICKET_COOKIE } from '@/lib/cards/cookies'
import { visitorBehind } from '@/lib/cards/keys'
import { lookAtRisk } from '@/lib/cards/risk'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isPaymentCode, normalizeCode } from '@/lib/pledges/codes'
import { giftPath } from '@/lib/pledges/cookies'
import { getGift } from '@/lib/pledges/queries'

interface Props {
  params: Promise<{ locale: string; code: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const LONGEST_SHOWN = 40

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return {}
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const t = translator(locale, 'card-check')
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: `${giftPath(code)}/the/xac-minh`,
    title: `${(await searchParams).loi === undefined ? '' : t('errorPrefix')}${t('title')}`,
    description: t('description', { code }),
    isIndexed: false,
  })
}

/** What is asked before a card page opens while somebody tries stolen cards: work, or a wait, or to come again. */
export default async function CardCheckPage({ params, searchParams }: Props) {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return null
  const context = serverContext()
  const code = normalizeCode(typed)
  const path = `${giftPath(code.slice(0, LONGEST_SHOWN))}/the/xac-minh`
  const visitor = visitorBehind(context, await headers())
  const held = (await cookies()).get(TICKET_COOKIE)?.value ?? null
  const [gift, offer] = await Promise.all([getGift(context, code, locale), offerClearance(context, { code, visitor, held })])
  if (!gift || !offer) {
    answerWith(404)
    return (
      <PageShell locale={locale} path={path} here="lookup">
        <UnknownCode locale={locale} code={code.slice(0, LONGEST_SHOWN)} isWellFormed={isPaymentCode(code)} />
      </PageShell>
    )
  }
  if (gift.method !== 'card' || gift.state !== 'open') redirect(localePath(locale, giftPath(code)))
  const { risk, untilMs } = await lookAtRisk(context.db, context, { fundId: offer.fundId, visitor })
  const { loi } = await searchParams
  const problem = CARD_PROBLEMS.find((known) => known === loi) ?? null
  const isForeign = gift.pledged.kind === 'foreign'
  const { challenge, ticket, waitSeconds } = offer
  return (
    <PageShell locale={locale} path={path} here="lookup" place={{ seed: gift.seed }}>
      <Crumbs
        locale={locale}
        steps={[{ href: localePath(locale, giftPath(code)), name: translator(locale, 'card-check')('kicker', { code }) }]}
      />
      {untilMs === null ? (
        <CardCheck
          locale={locale}
          code={code}
          isForeign={isForeign}
          problem={problem}
          work={risk === 'challenge' ? { challenge, mostKeys: MOST_KEYS, ticket, waitSeconds } : null}
        />
      ) : (
        <CardsPaused locale={locale} code={code} isForeign={isForeign} until={new Date(untilMs)} />
      )}
      {risk === 'challenge' && <script type="module" src="/js/card-check.js" />}
    </PageShell>
  )
}
