import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { PledgeFind, PledgeList } from '@/components/pledge-desk/pledge-list'
import { pledgeNotice, pledgeProblem } from '@/components/pledge-desk/text'
import { WaitingTexts } from '@/components/pledge-desk/waiting-texts'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isPledgeState } from '@/lib/pledge-desk/model'
import { listPledgeCampaigns, listPledges, listWaitingTexts } from '@/lib/pledge-desk/queries'
import { isAllowed } from '@/lib/staff/permissions'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'pledge-desk')('title') } : {}
}

/** Promises and gifts of a fund, found by what a donor says on the telephone. */
export default async function PledgesRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/cam-ket', 'pledges.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const asked = await props.searchParams
  const state = oneOf(asked['trang']) ?? ''
  const campaign = oneOf(asked['chien-dich']) ?? ''
  const after = oneOf(asked['sau'])
  const filter = {
    text: (oneOf(asked['tim']) ?? '').slice(0, 100),
    state: isPledgeState(state) ? state : null,
    campaign: campaign === '' ? null : campaign,
  }
  const mayReach = isAllowed(staff.roles, 'pledges.write', { fundId: fund.id })
  const before = after !== undefined && /^\d{1,15}$/.test(after) ? BigInt(after) : null
  const { rows, next } = await listPledges(context, fund.id, { filter, mayReach, before }, locale)
  const t = translator(locale, 'pledge-desk')
  const path = localePath(locale, consolePath(fund.slug, '/cam-ket'))
  const mayReview = isAllowed(staff.roles, 'texts.review', { fundId: fund.id })
  const waiting = mayReview && before === null ? await listWaitingTexts(context, fund.id) : []
  const notice = pledgeNotice(locale, oneOf(asked['xong']))
  const problem = pledgeProblem(locale, oneOf(asked['loi']))
  const more = new URLSearchParams({ tim: filter.text, trang: state, 'chien-dich': campaign, sau: next ?? '' })
  return (
    <ConsoleShell {...shell} room="pledges" title={t('title')} notice={notice} problem={problem}>
      <p className="lead-line">{t('lead')}</p>
      {waiting.length > 0 && <WaitingTexts locale={locale} fundSlug={fund.slug} rows={waiting} />}
      <PledgeFind
        locale={locale}
        path={path}
        filter={filter}
        campaigns={await listPledgeCampaigns(context, fund.id, locale)}
        mayReach={mayReach}
      />
      <PledgeList locale={locale} fundSlug={fund.slug} rows={rows} />
      {next !== null && (
        <p>
          <a href={`${path}?${String(more)}`} rel="next">
            {t('older')}
          </a>
        </p>
      )}
    </ConsoleShell>
  )
}
