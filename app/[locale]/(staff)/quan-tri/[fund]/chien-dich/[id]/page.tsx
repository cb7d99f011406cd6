import type { Metadata } from 'next'
import { CampaignActs } from '@/components/campaign-desk/campaign-acts'
import { CampaignFacts, CampaignHistory } from '@/components/campaign-desk/campaign-facts'
import { campaignNotice, campaignProblem } from '@/components/campaign-desk/texts'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { getCampaignDesk } from '@/lib/campaigns/desk'
import { consolePath } from '@/lib/console/model'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed, type Permission } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole } from '../../../open-console'

interface Props {
  params: Promise<{ locale: string; fund: string; id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'campaign-desk')('title') } : {}
}

/** A campaign, with all that was done to it and what can be done. */
export default async function CampaignRoute(props: Props) {
  const { id } = await props.params
  const opened = await openConsole(props, `/chien-dich/${id}`, 'campaigns.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const campaign = /^\d{1,9}$/.test(id) ? await getCampaignDesk(context, Number(id), locale) : null
  const place = { fundId: fund.id, communeId: campaign?.unitId }
  const may = (permission: Permission) => isAllowed(staff.roles, permission, place)
  if (campaign?.fundId !== fund.id || !may('campaigns.read')) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const t = translator(locale, 'campaign-desk')
  const names = await staffNames(context, [
    ...campaign.steps.map(({ by }) => by),
    ...[campaign.handedInBy, campaign.approvedBy, campaign.beyond?.by].filter((one) => typeof one === 'string'),
  ])
  const notice = campaignNotice(locale, oneOf(asked['xong']))
  const problem = campaignProblem(locale, oneOf(asked['loi']))
  const preview = campaign.draftId === null ? null : consolePath(fund.slug, `/chien-dich/soan/${campaign.draftId}/xem`)
  return (
    <ConsoleShell
      {...shell}
      room="campaigns"
      title={campaign.title}
      beside={
        <>
          <span>
            {campaign.category}, {campaign.commune}
          </span>
          {preview !== null && <a href={localePath(locale, preview)}>{t('page.preview')}</a>}
          {may('campaigns.edit') && campaign.state === 'draft' && (
            <form method="post" action={localePath(locale, consolePath(fund.slug, `/chien-dich/${campaign.campaignId}/soan`))}>
              <button className="act act-2 act-row">{t('page.edit')}</button>
            </form>
          )}
        </>
      }
      notice={notice}
      problem={problem}
    >
      <div className="bench">
        <div>
          <CampaignFacts locale={locale} campaign={campaign} names={names} />
          <CampaignHistory locale={locale} campaign={campaign} names={names} />
        </div>
        <div>
          <CampaignActs
            locale={locale}
            fundSlug={fund.slug}
            campaign={campaign}
            isAuthor={campaign.authors.includes(staff.id)}
            formKey={Buffer.from(context.random(12)).toString('hex')}
            typed={typed?.fields ?? {}}
            may={{
              ...{ edit: may('campaigns.edit'), review: may('campaigns.review'), open: may('campaigns.open') },
              ...{ pause: may('campaigns.pause'), extend: may('campaigns.extend'), close: may('campaigns.close') },
            }}
          />
        </div>
      </div>
    </ConsoleShell>
  )
}
