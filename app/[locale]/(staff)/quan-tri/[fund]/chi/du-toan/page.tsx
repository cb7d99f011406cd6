import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { ChangeForm, WaitingChanges } from '@/components/spend-desk/change-form'
import { ChooseCampaign } from '@/components/spend-desk/spend-form'
import { spendNotice, spendProblem } from '@/components/spend-desk/text'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { createFormKey } from '@/lib/pledges/secret'
import { getBudgetDesk, listPayingCampaigns, listWaitingChanges } from '@/lib/spend-desk/queries'
import { communesOf, isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'spend-desk')('changes') } : {}
}

/** Changes of budgets: what waits for a second person, and the form that asks for one. */
export default async function BudgetChangesRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/chi/du-toan', 'spends.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const slug = oneOf(asked['chien-dich']) ?? typed?.fields['campaign']
  const mayAsk = isAllowed(staff.roles, 'spends.request', { fundId: fund.id })
  const desk = mayAsk && slug !== undefined ? await getBudgetDesk(context, fund.id, { slug }, locale) : null
  const changes = await listWaitingChanges(
    context,
    { fundId: fund.id, communeIds: communesOf(staff.roles, 'spends.read', fund.id) },
    locale,
  )
  const names = await staffNames(
    context,
    changes.map(({ requestedBy }) => requestedBy),
  )
  const t = translator(locale, 'spend-desk')
  const notice = spendNotice(locale, oneOf(asked['xong']))
  const problem = spendProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell {...shell} room="spends" takes={[{ table: 'budget_changes' }]} title={t('changes')} notice={notice} problem={problem}>
      <p className="lead-line">{t('changesLead')}</p>
      <div className={mayAsk ? 'bench' : undefined}>
        <WaitingChanges
          locale={locale}
          fundSlug={fund.slug}
          changes={changes}
          names={names}
          me={staff.id}
          mayDecide={isAllowed(staff.roles, 'spends.exceed', { fundId: fund.id })}
        />
        {mayAsk && (
          <section className="pane">
            <ChooseCampaign
              locale={locale}
              action={localePath(locale, consolePath(fund.slug, '/chi/du-toan'))}
              campaigns={await listPayingCampaigns(context, fund.id, locale)}
              chosen={slug}
            />
            {desk && <ChangeForm locale={locale} fundSlug={fund.slug} desk={desk} formKey={createFormKey(context.random)} typed={typed} />}
          </section>
        )}
      </div>
    </ConsoleShell>
  )
}
