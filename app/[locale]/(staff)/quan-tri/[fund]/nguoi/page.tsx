import type { Metadata } from 'next'
import { AppointForm } from '@/components/console/appoint-form'
import { peopleNotice, peopleProblem } from '@/components/console/people-text'
import { PeopleTable } from '@/components/console/people-table'
import { ConsoleShell } from '@/components/console/shell'
import { listCommunesOfFund } from '@/lib/funds/queries'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { listPeople } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('people.title') } : {}
}

/** Who works for a fund, and who is to. */
export default async function PeopleRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/nguoi', 'people.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const may = (permission: 'people.appoint' | 'people.confirm' | 'people.withdraw' | 'people.end') =>
    isAllowed(staff.roles, permission, { fundId: fund.id })
  const t = translator(locale, 'console')
  const notice = peopleNotice(locale, oneOf(asked['xong']))
  const problem = peopleProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell {...shell} room="people" takes={[{ table: 'people' }]} title={t('people.title')} notice={notice} problem={problem}>
      <p className="lead-line">{t('people.lead')}</p>
      <div className={may('people.appoint') ? 'bench' : undefined}>
        <PeopleTable
          locale={locale}
          fundSlug={fund.slug}
          people={await listPeople(context, fund.id, locale)}
          me={staff.id}
          may={{ confirm: may('people.confirm'), withdraw: may('people.withdraw'), end: may('people.end') }}
        />
        {may('people.appoint') && (
          <AppointForm locale={locale} fundSlug={fund.slug} communes={await listCommunesOfFund(context, fund.id, locale)} typed={typed} />
        )}
      </div>
    </ConsoleShell>
  )
}
