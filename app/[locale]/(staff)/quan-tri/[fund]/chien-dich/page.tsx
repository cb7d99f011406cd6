import type { Metadata } from 'next'
import { CampaignTable } from '@/components/campaign-desk/campaign-table'
import { campaignNotice, campaignProblem } from '@/components/campaign-desk/texts'
import { ConsoleShell } from '@/components/console/shell'
import { listCampaignDesk } from '@/lib/campaigns/desk'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { communesOf } from '@/lib/staff/permissions'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'campaign-desk')('title') } : {}
}

/** Campaigns of a fund, and drafts that are none yet. */
export default async function CampaignsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/chien-dich', 'campaigns.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const asked = await props.searchParams
  const t = translator(locale, 'campaign-desk')
  const communes = communesOf(staff.roles, 'campaigns.read', fund.id)
  const all = await listCampaignDesk(context, fund.id, locale)
  const items = communes === 'all' ? all : all.filter(({ unitId }) => communes.has(unitId))
  const notice = campaignNotice(locale, oneOf(asked['xong']))
  const problem = campaignProblem(locale, oneOf(asked['loi']))
  return (
    <ConsoleShell
      {...shell}
      room="campaigns"
      takes={[{ table: 'campaigns' }, { table: 'budgets' }]}
      title={t('title')}
      notice={notice}
      problem={problem}
    >
      <p className="lead-line">{t('lead')}</p>
      {items.length === 0 ? <p>{t('none')}</p> : <CampaignTable locale={locale} fundSlug={fund.slug} items={items} />}
    </ConsoleShell>
  )
}
