import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { ExportList } from '@/components/exports/export-list'
import { exportProblem } from '@/components/exports/text'
import { consolePath } from '@/lib/console/model'
import { takesPersonal, tablesOpenTo } from '@/lib/exports/start'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isDay } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'exports')('title') } : {}
}

/** Every table that somebody may take with them, whole or between two days. */
export default async function ExportsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/xuat', 'exports.read')
  if (!opened.isOpen) return opened.page
  const { locale, staff, fund, shell } = opened
  const asked = await props.searchParams
  const day = (name: string) => [oneOf(asked[name]) ?? ''].find(isDay) ?? null
  const problem = exportProblem(locale, oneOf(asked['loi']))
  return (
    <ConsoleShell {...shell} room="exports" title={translator(locale, 'exports')('title')} problem={problem}>
      <ExportList
        locale={locale}
        path={localePath(locale, consolePath(fund.slug, '/xuat'))}
        tables={tablesOpenTo(staff, fund)}
        isPersonal={takesPersonal(staff, fund)}
        from={day('tu')}
        to={day('den')}
      />
    </ConsoleShell>
  )
}
