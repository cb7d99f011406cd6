import type { Metadata } from 'next'
import { FundSettingsForm, ParticularsForm } from '@/components/console/fund-settings'
import { keptText, refusalText } from '@/components/console/refusal-text'
import { ConsoleShell } from '@/components/console/shell'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getParticulars } from '@/lib/funds/particulars'
import { getFundSettings } from '@/lib/staff/settings'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('settings.title') } : {}
}

/** What directors set for their fund. */
export default async function SettingsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/cai-dat', 'fund.settings')
  if (!opened.isOpen) return opened.page
  const { locale, context, fund, shell, typed } = opened
  const asked = await props.searchParams
  const t = translator(locale, 'console')
  const refusal = oneOf(asked['loi'])
  return (
    <ConsoleShell
      {...shell}
      room="settings"
      title={t('settings.title')}
      notice={oneOf(asked['xong']) ? t('settings.done') : null}
      problem={refusal ? (refusal === 'o' ? keptText(locale) : refusalText(locale, refusal)) : null}
    >
      <p className="lead-line">{t('settings.lead')}</p>
      <FundSettingsForm locale={locale} fundSlug={fund.slug} settings={await getFundSettings(context, fund.id)} typed={typed} />
      <ParticularsForm locale={locale} fundSlug={fund.slug} particulars={await getParticulars(context, fund.id)} typed={typed} />
    </ConsoleShell>
  )
}
