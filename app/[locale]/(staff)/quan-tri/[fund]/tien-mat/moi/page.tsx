import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { OfficeForm } from '@/components/office/office-form'
import { officeProblem } from '@/components/office/text'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listTakingCampaigns } from '@/lib/office/queries'
import { createFormKey } from '@/lib/pledges/secret'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('form.title') } : {}
}

/** Takes cash or a cheque that somebody hands in. */
export default async function TakeRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/tien-mat/moi', 'cash.record')
  if (!opened.isOpen) return opened.page
  const { locale, context, fund, shell, typed } = opened
  const problem = officeProblem(locale, oneOf((await props.searchParams)['loi']))
  const t = translator(locale, 'office')
  return (
    <ConsoleShell {...shell} room="cash" title={t('form.title')} problem={problem}>
      <p className="lead-line">{t('form.lead')}</p>
      <OfficeForm
        locale={locale}
        action={localePath(locale, consolePath(fund.slug, '/tien-mat/moi/gui'))}
        campaigns={await listTakingCampaigns(context, fund.id, locale)}
        formKey={createFormKey(context.random)}
        today={dayOf(context.now())}
        typed={typed}
      />
    </ConsoleShell>
  )
}
