import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { WaitingList } from '@/components/console/waiting-list'
import { listWaiting } from '@/lib/console/waiting'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { openConsole, type ConsoleProps } from '../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('waiting.title') } : {}
}

/** The start page of a fund's console: what waits for whoever is signed in. */
export default async function StartRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '', null)
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const t = translator(locale, 'console')
  const roles = staff.roles.filter(({ fundId }) => fundId === fund.id).map(({ role }) => t(`roles.${role}`))
  return (
    <ConsoleShell {...shell} title={t('waiting.title')}>
      <p className="lead-line">{t('waiting.lead', { fund: fund.place, name: staff.name, roles: roles.join(', ') })}</p>
      <WaitingList locale={locale} fundSlug={fund.slug} items={await listWaiting(context, staff, fund)} />
    </ConsoleShell>
  )
}
