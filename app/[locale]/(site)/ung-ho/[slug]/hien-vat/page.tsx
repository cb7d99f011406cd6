import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { permanentRedirect, redirect } from 'next/navigation'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { ProblemList } from '@/components/giving/problems'
import { listGoodsErrors } from '@/components/goods/error-text'
import { GoodsAside } from '@/components/goods/goods-aside'
import { GoodsForm } from '@/components/goods/goods-form'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { decodeReturnedGoods } from '@/lib/goods/draft'
import type { ReturnedGoods } from '@/lib/goods/model'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { RETURNED_GOODS_COOKIE } from '@/lib/pledges/cookies'
import { createFormKey } from '@/lib/pledges/secret'
import { formatDay } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const EMPTY: ReturnedGoods = { draft: {}, errors: {} }
const goodsPath = (slug: string): string => `/ung-ho/${slug}/hien-vat`

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const context = serverContext()
  const offer = await getGoodsOffer(context, slug, locale)
  if (!offer) return notFoundMetadata(locale)
  const t = translator(locale, 'goods')
  const title = t('form.metaTitle', { title: offer.give.title })
  const isReturned = (await searchParams).loi !== undefined
  return pageMetadata({
    origin: context.origin,
    locale,
    path: goodsPath(offer.give.slug),
    title: isReturned ? `${translator(locale, 'giving')('form.errorPrefix')}${title}` : title,
    description: t('form.description', { title: offer.give.title }),
    isIndexed: !isReturned,
  })
}

export default async function GoodsOfferPage({ params, searchParams }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const offer = await getGoodsOffer(serverContext(), slug, locale)
  if (!offer) {
    answerWith(404)
    return <NotFound locale={locale} path={goodsPath(slug)} />
  }
  const { give, lines } = offer
  if (give.slug !== slug) permanentRedirect(localePath(locale, goodsPath(give.slug)))
  // Why it takes nothing, and where gifts are needed, stands on the page of the form for money.
  if (give.state !== 'open') redirect(localePath(locale, `/ung-ho/${give.slug}`))
  const t = translator(locale, 'goods')
  const said = translator(locale, 'giving')
  const { loi } = await searchParams
  const returned = loi === 'o' ? decodeReturnedGoods((await cookies()).get(RETURNED_GOODS_COOKIE)?.value) : null
  return (
    <PageShell locale={locale} path={goodsPath(give.slug)} here="campaigns" place={{ seed: give.commune.seed }}>
      <Crumbs
        locale={locale}
        steps={[
          { href: localePath(locale, '/chien-dich'), name: said('form.crumbs.campaigns') },
          { href: localePath(locale, `/chien-dich/${give.slug}`), name: give.title },
          { href: localePath(locale, `/ung-ho/${give.slug}`), name: said('form.title') },
        ]}
      />
      <div className="title">
        <h1>{t('form.title')}</h1>
        <p className="lead">{t('form.lead')}</p>
        {give.isEmergency && <p className="near2">{t('gift.open.untilEmergency', { day: formatDay(give.neededBy) })}</p>}
      </div>
      {returned && <ProblemList locale={locale} errors={listGoodsErrors(returned, lines, locale)} id="loi" />}
      {(loi === 'too_large' || loi === 'not_a_form') && (
        <div className="problems near" role="alert">
          <p>{said('form.unreadable')}</p>
        </div>
      )}
      <div className="two two-early sec near">
        <GoodsForm
          locale={locale}
          action={localePath(locale, `${goodsPath(give.slug)}/gui`)}
          formKey={createFormKey(serverContext().random)}
          lines={lines}
          form={returned ?? EMPTY}
        />
        <GoodsAside locale={locale} give={give} />
      </div>
      <script type="module" src="/js/gift-form.js" />
    </PageShell>
  )
}
