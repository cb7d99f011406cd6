import type { Metadata } from 'next'
import { AuditFilterForm } from '@/components/console/audit-filter'
import { AuditTable } from '@/components/console/audit-table'
import { ConsoleShell } from '@/components/console/shell'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { PERMISSIONS } from '@/lib/staff/permissions'
import { listAudit, listPeople } from '@/lib/staff/queries'
import { auditQuery, readAuditFilter } from '@/lib/staff/schema'
import { openConsole, type ConsoleProps } from '../../open-console'

const ROWS = 100

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('audit.title') } : {}
}

/** The trail of a fund: looked through by who, what, about what and when; page by page. */
export default async function AuditRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/nhat-ky', 'audit.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, fund, shell } = opened
  const filter = readAuditFilter(await props.searchParams)
  const found = await listAudit(context, fund.id, filter, ROWS + 1)
  const rows = found.slice(0, ROWS)
  const last = found.length > ROWS ? rows.at(-1) : undefined
  const path = localePath(locale, consolePath(fund.slug, '/nhat-ky'))
  const people = new Map((await listPeople(context, fund.id, locale)).map(({ staffId, name }) => [staffId, name]))
  return (
    <ConsoleShell
      {...shell}
      room="audit"
      takes={[{ table: 'audit', fields: Object.fromEntries(new URLSearchParams(auditQuery(filter))) }]}
      title={translator(locale, 'console')('audit.title')}
    >
      <p className="lead-line">{translator(locale, 'console')('audit.lead')}</p>
      <AuditFilterForm
        locale={locale}
        action={path}
        filter={filter}
        people={[...people]}
        actions={[...new Set(PERMISSIONS.map((permission) => permission.split('.', 1)[0] ?? ''))]}
      />
      <AuditTable locale={locale} rows={rows} {...(last ? { olderHref: `${path}?${auditQuery({ ...filter, beforeId: last.id })}` } : {})} />
    </ConsoleShell>
  )
}
