import type { Metadata } from 'next'
import { CampaignPage } from '@/components/campaigns/campaign-page'
import { ConsoleClosed } from '@/components/console/closed'
import { getDraftDesk, previewDraft } from '@/lib/campaigns/draft-desk'
import { consolePath } from '@/lib/console/model'
import { answerWith } from '@/lib/http/status'
import { localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { openConsole } from '../../../../../../../(staff)/quan-tri/open-console'
import './preview.css'

interface Props {
  params: Promise<{ locale: string; fund: string; draft: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** A draft as the public would see it, in the public pages' own frame. */
export default async function PreviewRoute(props: Props) {
  const { draft: id } = await props.params
  const opened = await openConsole(props, `/chien-dich/soan/${id}/xem`, 'campaigns.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund } = opened
  const draft = /^\d{1,9}$/.test(id) ? await getDraftDesk(context, Number(id), locale) : null
  const preview = draft && (await previewDraft(context, draft.draftId, locale))
  const place = { fundId: fund.id, communeId: draft?.unitId }
  if (draft?.need.fundId !== fund.id || !preview || !isAllowed(staff.roles, 'campaigns.read', place)) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const t = translator(locale, 'campaign-desk')
  const other = locale === 'vi' ? 'en' : 'vi'
  const back = draft.isOpen ? `/chien-dich/soan/${draft.draftId}` : `/chien-dich/${draft.campaign?.campaignId}`
  return (
    <>
      <p className="preview-bar" role="note">
        <b>{t('preview.notice')}</b> <a href={localePath(locale, consolePath(fund.slug, back))}>{t('preview.back')}</a>{' '}
        <a href={localePath(other, consolePath(fund.slug, `/chien-dich/soan/${draft.draftId}/xem`))} lang={other} hrefLang={other}>
          {translator(locale, 'site')('otherLanguage')}
        </a>
      </p>
      <CampaignPage
        locale={locale}
        campaign={preview}
        goods={{ lines: [], latest: [], receipts: 0 }}
        spending={{ spends: [], spentVnd: 0n, deliveredVnd: 0n, isPartlyTold: false }}
        money={null}
        deliveries={[]}
        papers={[]}
        pictures={[]}
        now={context.now()}
        origin={context.origin}
      />
    </>
  )
}
