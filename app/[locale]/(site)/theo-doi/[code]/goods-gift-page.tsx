import { cookies } from 'next/headers'
import { ProblemList } from '@/components/giving/problems'
import { listGoodsErrors } from '@/components/goods/error-text'
import { GoodsFacts } from '@/components/goods/goods-facts'
import { GoodsLead } from '@/components/goods/goods-lead'
import { Forgotten, ownDeed } from '@/components/giving/own-deed'
import type { OwnDeed } from '@/components/giving/own-part'
import { GoodsOwnPart } from '@/components/goods/goods-own-part'
import { GoodsLines, GoodsNext, GoodsPapers, GoodsSteps, MoneyBeside } from '@/components/goods/goods-road'
import { Crumbs } from '@/components/site/crumbs'
import { PageShell } from '@/components/site/page-shell'
import type { ServerContext } from '@/lib/context'
import { listGoodsPapers } from '@/lib/evidence/queries'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { decodeReturnedGoods, goodsDraftOf } from '@/lib/goods/draft'
import type { GoodsGift, OfferedLine, ReturnedGoods } from '@/lib/goods/model'
import { getGoodsGift, getOwnGoods } from '@/lib/goods/queries'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { giftPath, RETURNED_GOODS_COOKIE } from '@/lib/pledges/cookies'
import { createFormKey } from '@/lib/pledges/secret'
import { dayOf } from '@/lib/time/day'
import { ownSecret } from './own-secret'

interface Props {
  context: ServerContext
  locale: Locale
  code: string
  query: Record<string, string | string[] | undefined>
}

/** The page of a promise of goods or of a service: what was promised, what comes next, what came. */
export async function GoodsGiftPage({ context, locale, code, query }: Props) {
  const gift = await getGoodsGift(context, code, locale)
  if (!gift) throw new Error(`pledge ${code} is of goods and has none`)
  const offer = await getGoodsOffer(context, gift.campaign.slug, locale)
  const lines = offer?.lines ?? []
  const t = translator(locale, 'goods')
  const now = context.now()
  const returned = query.loi === 'o' ? decodeReturnedGoods((await cookies()).get(RETURNED_GOODS_COOKIE)?.value) : null
  const isWaiting = gift.state === 'open' || gift.state === 'expired'
  // After an emergency appeal the fund may take nothing more (Decree 93/2021).
  const isOver = gift.campaign.isEmergency && dayOf(now) > gift.campaign.neededBy
  return (
    <PageShell locale={locale} path={giftPath(code)} here="lookup" place={{ seed: gift.commune.seed }}>
      <div id="khoan-ung-ho">
        <Crumbs locale={locale} steps={[{ href: localePath(locale, '/tra-cuu'), name: translator(locale, 'giving')('gift.kicker') }]} />
        <div className="title">
          <h1>
            <span className="code">{code}</span>
          </h1>
          <GoodsLead locale={locale} gift={gift} isOver={isOver} now={now} />
        </div>
        {returned && <ProblemList locale={locale} errors={listGoodsErrors(returned, lines, locale)} id="loi" />}
        {query.loi === 'khong' && (
          <div className="problems near" role="alert">
            <p>{t('gift.refusedChange')}</p>
          </div>
        )}
        <div className="two two-early sec near">
          <div>
            <GoodsLines locale={locale} gift={gift} />
            {isWaiting && !isOver && <GoodsNext locale={locale} gift={gift} />}
            <GoodsSteps locale={locale} gift={gift} />
            <GoodsPapers locale={locale} papers={await listGoodsPapers(context, code, locale)} />
            {gift.money.length > 0 && <MoneyBeside locale={locale} gift={gift} />}
            {query.da === 'quen' && <Forgotten locale={locale} />}
            <Own
              context={context}
              locale={locale}
              gift={gift}
              lines={lines}
              returned={returned}
              isOver={isOver}
              isChanging={isWaiting && !isOver && (returned !== null || query.sua === 'co')}
              done={ownDeed(query.da)}
            />
          </div>
          <aside>
            <GoodsFacts locale={locale} gift={gift} />
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
  gift: GoodsGift
  lines: OfferedLine[]
  returned: ReturnedGoods | null
  isOver: boolean
  isChanging: boolean
  done: OwnDeed | null
}

/** The giver's part, for whose browser holds the secret; nothing for everybody else. */
async function Own({ context, locale, gift, lines, returned, isOver, isChanging, done }: OwnProps) {
  const secret = await ownSecret(context, gift.code)
  if (secret === null) return null
  const own = await getOwnGoods(context, gift.code)
  if (!own) return null
  return (
    <GoodsOwnPart
      locale={locale}
      gift={gift}
      privateLink={`${context.origin}${localePath(locale, `${giftPath(gift.code)}/khoa/${secret}`)}`}
      formKey={createFormKey(context.random)}
      lines={lines}
      form={returned ?? { draft: goodsDraftOf(own), errors: {} }}
      isOver={isOver}
      isChanging={isChanging}
      done={done}
      isNamed={own.name === '' ? null : own.isNamed}
      kept={own.isNameKept ? own : null}
    />
  )
}
