import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { GoodsReceiptForm, GoodsRefusalForm } from '@/components/office/goods-receipt-form'
import { officeNotice, officeProblem } from '@/components/office/text'
import { consolePath } from '@/lib/console/model'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { getGoodsGift } from '@/lib/goods/queries'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { normalizeCode } from '@/lib/pledges/codes'
import { createFormKey } from '@/lib/pledges/secret'
import { isAllowed } from '@/lib/staff/permissions'
import { dayOf, formatDay } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

interface Props extends ConsoleProps {
  params: Promise<{ locale: string; fund: string; code: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('goods.title') } : {}
}

/** One promise of goods: what came of it, and what is brought now. */
export default async function GoodsDeskRoute(props: Props) {
  const code = normalizeCode((await props.params).code).slice(0, 20)
  const opened = await openConsole(props, `/hien-vat/${code}`, 'pledges.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const gift = await getGoodsGift(context, code, locale)
  if (gift?.fund.slug !== fund.slug) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const notice = officeNotice(locale, oneOf(asked['xong']))
  const problem = officeProblem(locale, oneOf(asked['loi']))
  const mayReceive = isAllowed(staff.roles, 'goods.receive', { fundId: fund.id }) && gift.state !== 'refused'
  const offer = mayReceive ? await getGoodsOffer(context, gift.campaign.slug, locale) : null
  const action = localePath(locale, consolePath(fund.slug, `/hien-vat/${code}/viec`))
  const t = translator(locale, 'office')
  return (
    <ConsoleShell {...shell} room="goods" title={t('goods.one', { code })} notice={notice} problem={problem}>
      <p className="lead-line">
        {gift.campaign.title}, {gift.commune.fullName}. <a href={localePath(locale, `/theo-doi/${code}`)}>{t('receipt.page')}</a>
      </p>
      <ul>
        {gift.visits.flatMap(({ receivedOn, goods }) =>
          goods.map(({ key, units, unit, item }) => (
            <li key={key}>{t('goods.received', { day: formatDay(receivedOn), units: formatCount(units, locale), unit, item })}</li>
          )),
        )}
      </ul>
      {offer && (
        <>
          <GoodsReceiptForm
            locale={locale}
            action={action}
            gift={gift}
            lines={offer.lines}
            formKey={createFormKey(context.random)}
            today={dayOf(context.now())}
            typed={typed}
          />
          <GoodsRefusalForm locale={locale} action={action} />
        </>
      )}
    </ConsoleShell>
  )
}
