import type { Metadata } from 'next'
import { AccountsTable } from '@/components/console/accounts-table'
import { accountsNotice, accountsProblem } from '@/components/console/accounts-text'
import { ProposeAccountForm } from '@/components/console/propose-account'
import { ConsoleShell } from '@/components/console/shell'
import { listOwnAccounts } from '@/lib/funds/receiving'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { getFundSettings } from '@/lib/staff/settings'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('accounts.title') } : {}
}

/** Where gifts go: proposed by one person, approved by another, in effect after days in public. */
export default async function AccountsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/tai-khoan', 'accounts.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const mayPropose = isAllowed(staff.roles, 'accounts.propose', { fundId: fund.id })
  const accounts = await listOwnAccounts(context, fund.id)
  const names = await staffNames(
    context,
    accounts.flatMap(({ proposedBy, approvedBy, retirement }) =>
      [proposedBy, approvedBy, retirement?.proposedBy, retirement?.approvedBy].flatMap((id) => id ?? []),
    ),
  )
  const t = translator(locale, 'console')
  const notice = accountsNotice(locale, oneOf(asked['xong']))
  const problem = accountsProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell {...shell} room="accounts" takes={[{ table: 'accounts' }]} title={t('accounts.title')} notice={notice} problem={problem}>
      <p className="lead-line">{t('accounts.lead', { days: (await getFundSettings(context, fund.id)).accountDelayDays })}</p>
      <div className={mayPropose ? 'bench' : undefined}>
        <AccountsTable
          locale={locale}
          fundSlug={fund.slug}
          accounts={accounts}
          names={names}
          me={staff.id}
          mayPropose={mayPropose}
          mayApprove={isAllowed(staff.roles, 'accounts.approve', { fundId: fund.id })}
        />
        {mayPropose && <ProposeAccountForm locale={locale} fundSlug={fund.slug} typed={typed} />}
      </div>
    </ConsoleShell>
  )
}
