import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { permanentRedirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { amountText } from '@/components/giving/amount-text'
import { GiveAside } from '@/components/giving/give-aside'
import { GiveForm } from '@/components/giving/give-form'
import { OpenCampaigns } from '@/components/giving/open-campaigns'
import { Problems } from '@/components/giving/problems'
import { GoodsLink } from '@/components/goods/goods-link'
import { campaignPicture } from '@/components/link-picture/content'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { meaningfulAmounts } from '@/lib/campaigns/amounts'
import { getCampaignItem } from '@/lib/campaigns/queries'
import type { CardOffer } from '@/lib/cards/model'
import { getCardOffer } from '@/lib/cards/offer'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { RETURNED_COOKIE } from '@/lib/pledges/cookies'
import { decodeReturnedForm } from '@/lib/pledges/draft'
import type { GiveView, ReturnedForm } from '@/lib/pledges/model'
import { getGive, listOpenCampaigns } from '@/lib/pledges/queries'
import { createFormKey } from '@/lib/pledges/secret'
import { formatDay } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  if (!isLocale(locale)) return {}
  const context = serverContext()
  const give = await getGive(context, slug, locale)
  if (!give) return notFoundMetadata(locale)
  const t = translator(locale, 'giving')
  const title = t('form.metaTitle', { title: give.title })
  const campaign = await getCampaignItem(context, give.slug, locale)
  const isReturned = (await searchParams).loi !== undefined
  return pageMetadata({
    origin: context.origin,
    locale,
    path: `/ung-ho/${give.slug}`,
    title: isReturned ? `${t('form.errorPrefix')}${title}` : title,
    description: t('form.description', { title: give.title }),
    isIndexed: !isReturned,
    ...(campaign ? { picture: campaignPicture(campaign, locale) } : {}),
  })
}

export default async function GivePage({ params, searchParams }: Props) {
  const { locale, slug } = await params
  if (!isLocale(locale)) return null
  const give = await getGive(serverContext(), slug, locale)
  if (!give) {
    answerWith(404)
    return <NotFound locale={locale} path={`/ung-ho/${slug}`} />
  }
  if (give.slug !== slug) permanentRedirect(localePath(locale, `/ung-ho/${give.slug}`))
  const t = translator(locale, 'giving')
  const { loi } = await searchParams
  return (
    <PageShell locale={locale} path={`/ung-ho/${give.slug}`} here="campaigns" place={{ seed: give.commune.seed }}>
      <Crumbs
        locale={locale}
        steps={[
          { href: localePath(locale, '/chien-dich'), name: t('form.crumbs.campaigns') },
          { href: localePath(locale, `/chien-dich/${give.slug}`), name: give.title },
        ]}
      />
      {give.state !== 'open' ? (
        <Closed locale={locale} give={give} state={give.state} />
      ) : give.hasAccount ? (
        <Open
          locale={locale}
          give={give}
          cards={await getCardOffer(serverContext(), give.fund.slug)}
          returned={loi === 'o' ? await returnedForm() : null}
          isUnreadable={loi === 'too_large' || loi === 'not_a_form'}
        />
      ) : (
        <div className="title">
          <h1>{t('closed.noAccount')}</h1>
          <p className="lead">{t('closed.noAccountLead', { fund: give.fund.name })}</p>
          <GoodsLink locale={locale} slug={give.slug} />
          <p className="near2">
            <a href={localePath(locale, `/chien-dich/${give.slug}`)}>{t('closed.story')}</a>
          </p>
        </div>
      )}
    </PageShell>
  )
}

const returnedForm = async (): Promise<ReturnedForm | null> => decodeReturnedForm((await cookies()).get(RETURNED_COOKIE)?.value)

const EMPTY: ReturnedForm = { draft: {}, errors: {} }

function Open({
  locale,
  give,
  cards,
  returned,
  isUnreadable,
}: {
  locale: Locale
  give: GiveView
  cards: CardOffer
  returned: ReturnedForm | null
  isUnreadable: boolean
}) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  const missing = { missing: formatVnd(give.missingVnd, locale), b: (text: ReactNode) => <b className="so">{text}</b> }
  const offered = meaningfulAmounts(give.items, give.missingVnd).map((suggestion) => ({
    amountVnd: suggestion.amountVnd,
    ...amountText(suggestion, give.items, locale),
  }))
  return (
    <>
      <div className="title">
        <h1>{t('form.title')}</h1>
        <p className="lead">
          {give.missingVnd > 0n ? (cards === 'open' ? card.rich('form.lead', missing) : t.rich('form.lead', missing)) : t('form.leadFull')}
        </p>
        {give.isEmergency && <p className="near2">{t('form.emergency', { day: formatDay(give.neededBy) })}</p>}
        <GoodsLink locale={locale} slug={give.slug} />
      </div>
      {returned && <Problems locale={locale} form={returned} id="loi" />}
      {isUnreadable && (
        <div className="problems near" role="alert">
          <p>{t('form.unreadable')}</p>
        </div>
      )}
      <div className="two two-early sec near">
        <GiveForm
          locale={locale}
          action={localePath(locale, `/ung-ho/${give.slug}/gui`)}
          formKey={createFormKey(serverContext().random)}
          offered={offered}
          cards={cards}
          form={returned ?? EMPTY}
        />
        <GiveAside locale={locale} give={give} cards={cards} />
      </div>
      <script type="module" src="/js/gift-form.js" />
    </>
  )
}

/** A campaign that takes no new pledge: why, how far it came, and where gifts are needed. */
async function Closed({ locale, give, state }: { locale: Locale; give: GiveView; state: Exclude<GiveView['state'], 'open'> }) {
  const t = translator(locale, 'giving')
  const open = await listOpenCampaigns(serverContext(), locale)
  return (
    <>
      <div className="title">
        <h1>{give.title}</h1>
        <p className="lead">
          {t(`closed.${state}`)} {t('closed.lead')}
        </p>
        <p className="near2">
          <a href={localePath(locale, `/chien-dich/${give.slug}`)}>{t('closed.story')}</a>
        </p>
      </div>
      {open.length > 0 && (
        <section className="sec" aria-labelledby="dang-can">
          <h2 id="dang-can">{t('closed.others')}</h2>
          <OpenCampaigns locale={locale} campaigns={open.slice(0, 5)} />
        </section>
      )}
    </>
  )
}
