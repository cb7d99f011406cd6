import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { permanentRedirect } from 'next/navigation'
import { GiftArrived, GiftSteps } from '@/components/giving/gift-arrived'
import { GiftFacts } from '@/components/giving/gift-facts'
import { GiftLead, Waiting } from '@/components/giving/gift-lead'
import { OwnPart } from '@/components/giving/own-part'
import { Payment } from '@/components/giving/payment'
import { Problems } from '@/components/giving/problems'
import { UnknownCode } from '@/components/giving/unknown-code'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext, type ServerContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { appLinks } from '@/lib/payments/vietqr/app-links'
import { giftQr, NAPAS_LIMIT_VND } from '@/lib/payments/vietqr/vietqr'
import { isPaymentCode, normalizeCode } from '@/lib/pledges/codes'
import { isSecretOf } from '@/lib/pledges/commands'
import { giftPath, keyCookie, RETURNED_COOKIE } from '@/lib/pledges/cookies'
import { decodeReturnedForm, draftOf } from '@/lib/pledges/draft'
import type { GiftView, ReturnedForm } from '@/lib/pledges/model'
import { getGiftProgress } from '@/lib/pledges/progress'
import { getGift, getOwnGift } from '@/lib/pledges/queries'
import { dayOf } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string; code: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const LONGEST_SHOWN = 40

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return {}
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const t = translator(locale, 'giving')
  const context = serverContext()
  const progress = await getGiftProgress(context, code)
  const title = progress ? t(`gift.metaTitle.${progress.state}`, { code }) : t('gift.unknown.title')
  return pageMetadata({
    origin: context.origin,
    locale,
    path: giftPath(code),
    title: (await searchParams).loi === undefined ? title : `${t('form.errorPrefix')}${title}`,
    description: t('gift.description', { code }),
    isIndexed: false,
  })
}

export default async function GiftPage({ params, searchParams }: Props) {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return null
  const context = serverContext()
  const code = normalizeCode(typed)
  if (code !== typed && isPaymentCode(code)) permanentRedirect(localePath(locale, giftPath(code)))
  // Read before the gift: money that comes in between makes the page renew once too often, never once too few.
  const progress = await getGiftProgress(context, code)
  const gift = await getGift(context, code, locale)
  if (!gift) {
    answerWith(404)
    return (
      <PageShell locale={locale} path={giftPath(code.slice(0, LONGEST_SHOWN))} here="lookup">
        <UnknownCode locale={locale} code={code.slice(0, LONGEST_SHOWN)} isWellFormed={isPaymentCode(code)} />
      </PageShell>
    )
  }
  const query = await searchParams
  const t = translator(locale, 'giving')
  const returned = query.loi === 'o' ? decodeReturnedForm((await cookies()).get(RETURNED_COOKIE)?.value) : null
  const isWaiting = gift.state === 'open' || gift.state === 'expired'
  // What comes after an emergency appeal is sent back: nobody is shown how to pay it any more.
  const isOver = isWaiting && gift.campaign.isEmergency && dayOf(context.now()) > gift.campaign.neededBy
  const isChanging = !isOver && (returned !== null || query.sua === 'co')
  // Reloading would lose what is being typed.
  const isRefreshing = gift.state === 'open' && !isChanging && query['tu-tai'] !== 'khong'
  return (
    <PageShell locale={locale} path={giftPath(code)} here="lookup" place={{ seed: gift.commune.seed }}>
      <div id="khoan-ung-ho" data-code={code} data-mark={progress?.mark} data-waiting={isWaiting ? 'yes' : undefined}>
        {isRefreshing && (
          <noscript>
            <meta httpEquiv="refresh" content="20" />
          </noscript>
        )}
        <Crumbs locale={locale} steps={[{ href: localePath(locale, '/tra-cuu'), name: t('gift.kicker') }]} />
        <div className="title">
          <h1>
            <span className="code">{code}</span>
          </h1>
          <GiftLead locale={locale} gift={gift} isOver={isOver} />
        </div>
        {returned && <Problems locale={locale} form={returned} id="loi" />}
        {query.loi === 'khong' && (
          <div className="problems near" role="alert">
            <p>{t('gift.refused')}</p>
          </div>
        )}
        {gift.state === 'received' && <GiftArrived locale={locale} gift={gift} />}
        <div className="two two-early sec">
          <div>
            {gift.state === 'received' ? (
              <GiftSteps locale={locale} gift={gift} />
            ) : (
              isWaiting && !isOver && <HowToPay context={context} locale={locale} gift={gift} isRefreshing={isRefreshing} />
            )}
            <Own
              context={context}
              locale={locale}
              gift={gift}
              returned={returned}
              isOver={isOver}
              isChanging={isChanging}
              isSaved={query.da === 'luu'}
            />
          </div>
          <aside>
            <GiftFacts locale={locale} gift={gift} />
          </aside>
        </div>
      </div>
      <script type="module" src="/js/gift.js" />
    </PageShell>
  )
}

function HowToPay({
  context,
  locale,
  gift,
  isRefreshing,
}: {
  context: ServerContext
  locale: Locale
  gift: GiftView
  isRefreshing: boolean
}) {
  const { account, pledged } = gift
  if (!account || pledged.kind !== 'vnd') return <p>{translator(locale, 'giving')('gift.waiting.noAccount')}</p>
  const { amountVnd } = pledged
  const isSample = context.installation.kind === 'sample'
  const text = giftQr({ bin: account.bin, accountNumber: account.accountNumber, amountVnd, code: gift.code })
  return (
    <>
      <Payment
        locale={locale}
        gift={gift}
        amountVnd={amountVnd}
        account={account}
        qr={amountVnd < NAPAS_LIMIT_VND ? text : null}
        isSample={isSample}
        testBankPath={isSample ? `/ngan-hang-thu?${new URLSearchParams({ qr: text, amount: String(amountVnd) }).toString()}` : null}
        apps={
          isSample || amountVnd >= NAPAS_LIMIT_VND
            ? []
            : appLinks({ bin: account.bin, accountNumber: account.accountNumber, amountVnd, code: gift.code })
        }
      />
      <Waiting locale={locale} gift={gift} isRefreshing={isRefreshing} />
    </>
  )
}

interface OwnProps {
  context: ServerContext
  locale: Locale
  gift: GiftView
  returned: ReturnedForm | null
  isOver: boolean
  isChanging: boolean
  isSaved: boolean
}

/** The donor's part, for whose browser holds the secret; nothing for everybody else. */
async function Own({ context, locale, gift, returned, isOver, isChanging, isSaved }: OwnProps) {
  const secret = (await cookies()).get(keyCookie(gift.code))?.value
  if (secret === undefined || !(await isSecretOf(context, gift.code, secret))) return null
  const own = await getOwnGift(context, gift.code)
  if (!own) return null
  return (
    <OwnPart
      locale={locale}
      gift={gift}
      privateLink={`${context.origin}${localePath(locale, `${giftPath(gift.code)}/khoa/${secret}`)}`}
      formKey={randomUUID()}
      form={returned ?? { draft: draftOf(own), errors: {} }}
      isOver={isOver}
      isChanging={isChanging}
      isSaved={isSaved}
    />
  )
}
