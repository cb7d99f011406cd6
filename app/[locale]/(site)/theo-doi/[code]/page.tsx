import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { permanentRedirect } from 'next/navigation'
import { CardTold } from '@/components/cards/card-told'
import { GiftArrived } from '@/components/giving/gift-arrived'
import { GiftFacts } from '@/components/giving/gift-facts'
import { GiftLead } from '@/components/giving/gift-lead'
import { GiftSteps } from '@/components/giving/gift-steps'
import { Forgotten, ownDeed } from '@/components/giving/own-deed'
import { OwnPart, type OwnDeed } from '@/components/giving/own-part'
import { Problems } from '@/components/giving/problems'
import { UnknownCode } from '@/components/giving/unknown-code'
import { giftPicture } from '@/components/link-picture/content'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import type { CardOffer } from '@/lib/cards/model'
import { readCardNote } from '@/lib/cards/notes'
import { getCardOffer } from '@/lib/cards/offer'
import { serverContext, type ServerContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isPaymentCode, normalizeCode } from '@/lib/pledges/codes'
import { giftPath, RETURNED_COOKIE } from '@/lib/pledges/cookies'
import { decodeReturnedForm, draftOf } from '@/lib/pledges/draft'
import { isBeingPaid, isOfOffice, type GiftView, type ReturnedForm } from '@/lib/pledges/model'
import { getGiftProgress } from '@/lib/pledges/progress'
import { getGift, getOwnGift } from '@/lib/pledges/queries'
import { createFormKey } from '@/lib/pledges/secret'
import { getGiftStory } from '@/lib/spending/story'
import { dayOf } from '@/lib/time/day'
import { GoodsGiftPage } from './goods-gift-page'
import { HowToPay } from './how-to-pay'
import { ownSecret } from './own-secret'

interface Props {
  params: Promise<{ locale: string; code: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const LONGEST_SHOWN = 40

/** What became of all that came with a code. */
const storyOf = (context: ServerContext, { gifts }: GiftView, locale: Locale) =>
  getGiftStory(
    context,
    gifts.map(({ donationId }) => donationId),
    locale,
  )

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return {}
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const t = translator(locale, 'giving')
  const ofGoods = translator(locale, 'goods')
  const context = serverContext()
  const progress = await getGiftProgress(context, code)
  const isGoods = progress?.method === 'goods'
  const gift = progress?.state === 'received' && !isGoods ? await getGift(context, code, locale) : null
  const title = progress ? (isGoods ? ofGoods : t)(`gift.metaTitle.${progress.state}`, { code }) : t('gift.unknown.title')
  return pageMetadata({
    origin: context.origin,
    locale,
    path: giftPath(code),
    title: (await searchParams).loi === undefined ? title : `${t('form.errorPrefix')}${title}`,
    description: (isGoods ? ofGoods : t)('gift.description', { code }),
    isIndexed: false,
    ...(gift?.isPictured ? { picture: giftPicture(gift, await storyOf(context, gift, locale), locale) } : {}),
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
  if (progress?.method === 'goods') return <GoodsGiftPage context={context} locale={locale} code={code} query={await searchParams} />
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
  const story = await storyOf(context, gift, locale)
  const returned = query.loi === 'o' ? decodeReturnedForm((await cookies()).get(RETURNED_COOKIE)?.value) : null
  const isWaiting = gift.state === 'open' || gift.state === 'expired'
  const isPaying = isBeingPaid(gift)
  // What comes after an emergency appeal is sent back: nobody is shown how to pay it any more.
  const isOffice = isOfOffice(gift.method)
  const isAppealOver = gift.campaign?.isEmergency === true && dayOf(context.now()) > gift.campaign.neededBy
  const isOver = isWaiting && !isPaying && !isOffice && isAppealOver
  const isChanging = !isOver && !isPaying && !isOffice && (returned !== null || query.sua === 'co')
  const told = readCardNote(query.the)
  const note = isWaiting && !isPaying && !isOver ? told : null
  const secret = await ownSecret(context, code)
  const cards = await getCardOffer(context, gift.fund.slug)
  // Reloading would lose what is being typed, and fold what is open; a card is paid elsewhere, and told of on the way back.
  const isExpecting = isPaying || note === 'asked' || (gift.state === 'open' && gift.method === 'bank_transfer')
  const isRefreshing = isExpecting && !isChanging && query['tu-tai'] !== 'khong'
  return (
    <PageShell locale={locale} path={giftPath(code)} here="lookup" place={{ seed: gift.seed }}>
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
        {note && <CardTold locale={locale} gift={gift} note={note} />}
        {returned && <Problems locale={locale} form={returned} id="loi" />}
        {query.loi === 'khong' && (
          <div className="problems near" role="alert">
            <p>{t('gift.refused')}</p>
          </div>
        )}
        {gift.state === 'received' && <GiftArrived locale={locale} gift={gift} story={story} />}
        <div className="two two-early sec">
          <div>
            {gift.state === 'received' ? (
              <GiftSteps locale={locale} gift={gift} story={story} />
            ) : (
              isWaiting &&
              !isOffice &&
              !isOver && (
                <HowToPay
                  locale={locale}
                  gift={gift}
                  isSample={context.installation.kind === 'sample'}
                  cards={cards}
                  isOwn={secret !== null}
                  note={note}
                  isRefreshing={isRefreshing}
                />
              )
            )}
            {secret === null && query.da === 'quen' && <Forgotten locale={locale} />}
            {secret !== null && (
              <Own
                context={context}
                locale={locale}
                gift={gift}
                secret={secret}
                returned={returned}
                // A pause of cards ends by itself: what was chosen stays chosen.
                cards={cards === 'paused' ? 'open' : cards}
                isOver={isOver}
                isChanging={isChanging}
                done={ownDeed(query.da)}
              />
            )}
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

interface OwnProps {
  context: ServerContext
  locale: Locale
  gift: GiftView
  secret: string
  returned: ReturnedForm | null
  cards: CardOffer
  isOver: boolean
  isChanging: boolean
  done: OwnDeed | null
}

/** The donor's part, for whose browser holds the secret. */
async function Own({ context, locale, gift, secret, returned, ...state }: OwnProps) {
  const own = await getOwnGift(context, gift.code)
  if (!own) return null
  return (
    <OwnPart
      locale={locale}
      gift={gift}
      privateLink={`${context.origin}${localePath(locale, `${giftPath(gift.code)}/khoa/${secret}`)}`}
      formKey={createFormKey(context.random)}
      form={returned ?? { draft: draftOf(own), errors: {} }}
      isNamed={own.name === '' ? null : own.isNamed}
      kept={own.isNameKept ? own : null}
      {...state}
    />
  )
}
