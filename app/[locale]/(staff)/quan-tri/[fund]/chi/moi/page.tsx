import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { ChooseCampaign, SpendForm } from '@/components/spend-desk/spend-form'
import { spendProblem } from '@/components/spend-desk/text'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { createFormKey } from '@/lib/pledges/secret'
import { getBudgetDesk, listPayingCampaigns } from '@/lib/spend-desk/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'spend-desk')('new') } : {}
}

/** Asks for money of a campaign: first which, then how many of each line of its budget. */
export default async function NewSpendRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/chi/moi', 'spends.request')
  if (!opened.isOpen) return opened.page
  const { locale, context, fund, shell, typed } = opened
  const asked = await props.searchParams
  const slug = oneOf(asked['chien-dich']) ?? typed?.fields['campaign']
  const replacesKey = oneOf(asked['thay']) ?? typed?.fields['replaces'] ?? null
  const desk = slug === undefined ? null : await getBudgetDesk(context, fund.id, { slug, replacesKey }, locale)
  const problem = spendProblem(locale, oneOf(asked['loi']), typed)
  const t = translator(locale, 'spend-desk')
  return (
    <ConsoleShell {...shell} room="spends" title={t('new')} problem={problem}>
      <p className="lead-line">{t('newLead')}</p>
      <ChooseCampaign
        locale={locale}
        action={localePath(locale, consolePath(fund.slug, '/chi/moi'))}
        campaigns={await listPayingCampaigns(context, fund.id, locale)}
        chosen={slug}
      />
      {desk && (
        <SpendForm
          {...{ locale, fundSlug: fund.slug, desk, typed }}
          {...{ formKey: createFormKey(context.random), today: dayOf(context.now()) }}
        />
      )}
    </ConsoleShell>
  )
}
