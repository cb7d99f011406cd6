import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { officeProblem } from '@/components/office/text'
import { WalkInForm } from '@/components/office/walk-in-form'
import { consolePath } from '@/lib/console/model'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listTakingCampaigns } from '@/lib/office/queries'
import { createFormKey } from '@/lib/pledges/secret'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('goods.walkInTitle') } : {}
}

/** Takes goods that somebody brings without having promised them. */
export default async function WalkInRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/hien-vat/moi', 'goods.receive')
  if (!opened.isOpen) return opened.page
  const { locale, context, fund, shell, typed } = opened
  const asked = await props.searchParams
  const campaigns = await listTakingCampaigns(context, fund.id, locale)
  const slug = typed?.fields['campaign'] ?? oneOf(asked['chien-dich'])
  const isTaking = campaigns.some((campaign) => campaign.slug === slug)
  const offer = slug !== undefined && isTaking ? await getGoodsOffer(context, slug, locale) : null
  const problem = officeProblem(locale, oneOf(asked['loi']))
  const t = translator(locale, 'office')
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  return (
    <ConsoleShell {...shell} room="goods" title={t('goods.walkInTitle')} problem={problem}>
      <p className="lead-line">{t('goods.walkInLead')}</p>
      <WalkInForm
        locale={locale}
        path={own('/hien-vat/moi')}
        action={own('/hien-vat/moi/gui')}
        campaigns={campaigns}
        chosen={offer && { slug: offer.give.slug, lines: offer.lines }}
        formKey={createFormKey(context.random)}
        today={dayOf(context.now())}
        typed={typed}
      />
    </ConsoleShell>
  )
}
