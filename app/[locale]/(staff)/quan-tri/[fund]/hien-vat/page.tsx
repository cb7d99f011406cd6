import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ConsoleShell } from '@/components/console/shell'
import { AwaitedGoodsTable } from '@/components/office/awaited-goods'
import { GoodsPapersWaiting } from '@/components/office/goods-papers'
import { officeNotice, officeProblem } from '@/components/office/text'
import { consolePath } from '@/lib/console/model'
import { listGoodsPapersToRelease } from '@/lib/evidence/desk'
import { listAwaitedGoods } from '@/lib/goods/desk'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isPaymentCode, normalizeCode } from '@/lib/pledges/codes'
import { isAllowed } from '@/lib/staff/permissions'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('goods.title') } : {}
}

/** Goods that are awaited at the office. */
export default async function GoodsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/hien-vat', 'pledges.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const asked = await props.searchParams
  const code = normalizeCode(oneOf(asked['ma']) ?? '')
  if (isPaymentCode(code)) redirect(localePath(locale, consolePath(fund.slug, `/hien-vat/${code}`)))
  const notice = officeNotice(locale, oneOf(asked['xong']))
  const problem = officeProblem(locale, oneOf(asked['loi']))
  const t = translator(locale, 'office')
  const mayRelease = isAllowed(staff.roles, 'evidence.release', { fundId: fund.id })
  const papers = mayRelease ? await listGoodsPapersToRelease(context, { fundId: fund.id, staffId: staff.id }) : []
  return (
    <ConsoleShell {...shell} room="goods" title={t('goods.title')} notice={notice} problem={problem}>
      <p className="lead-line">{t('goods.lead')}</p>
      {isAllowed(staff.roles, 'goods.receive', { fundId: fund.id }) && (
        <p>
          <a className="act act-2" href={localePath(locale, consolePath(fund.slug, '/hien-vat/moi'))}>
            {t('goods.walkInTitle')}
          </a>
        </p>
      )}
      <GoodsPapersWaiting locale={locale} fundSlug={fund.slug} papers={papers} />
      <AwaitedGoodsTable locale={locale} fundSlug={fund.slug} rows={await listAwaitedGoods(context, fund.id, locale)} />
    </ConsoleShell>
  )
}
