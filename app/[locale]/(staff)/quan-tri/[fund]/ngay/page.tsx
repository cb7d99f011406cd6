import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { AccountDay } from '@/components/desk/account-day'
import { deskProblem } from '@/components/desk/desk-text'
import { listAccountDays } from '@/lib/bank/days'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'desk')('days.title') } : {}
}

/** Days of each account: closed, or what is missing. */
export default async function DaysRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/ngay', 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const t = translator(locale, 'desk')
  const asked = await props.searchParams
  const accounts = await listAccountDays(context, fund.id)
  const names = await staffNames(
    context,
    accounts.flatMap(({ recent }) => recent.map(({ by }) => by)),
  )
  const done = oneOf(asked['xong'])
  const problem = deskProblem(locale, oneOf(asked['loi']), typed)
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  return (
    <ConsoleShell
      {...shell}
      room="days"
      takes={[{ table: 'day_closes' }]}
      title={t('days.title')}
      notice={done !== undefined && /^\d+$/.test(done) ? t('days.done', { count: Number(done) }) : null}
      problem={problem}
    >
      <p className="lead-line">{t('days.lead')}</p>
      <div className="accounts">
        {accounts.map((account) => (
          <AccountDay
            key={account.id}
            locale={locale}
            account={account}
            names={names}
            mayClose={isAllowed(staff.roles, 'bank.close_day', { fundId: fund.id })}
            action={own('/ngay/chot')}
            queuePath={own('/ngan-hang')}
            typed={typed?.fields ?? {}}
          />
        ))}
      </div>
    </ConsoleShell>
  )
}
