import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { DraftEditor } from '@/components/campaign-desk/draft-editor'
import { DraftPictures } from '@/components/campaign-desk/draft-pictures'
import { DraftSide } from '@/components/campaign-desk/draft-side'
import { campaignNotice, campaignProblem } from '@/components/campaign-desk/texts'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { handoverNotice, handoverProblem } from '@/components/delivery/handover-text'
import { getDraftDesk } from '@/lib/campaigns/draft-desk'
import { consolePath } from '@/lib/console/model'
import { getDeskPictures } from '@/lib/evidence/desk'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { isAllowed, type Permission } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole } from '../../../../open-console'

interface Props {
  params: Promise<{ locale: string; fund: string; draft: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'campaign-desk')('draft.title') } : {}
}

/** Where a campaign is written. A director comes here to allow more than is uncovered. */
export default async function DraftRoute(props: Props) {
  const { draft: id } = await props.params
  const opened = await openConsole(props, `/chien-dich/soan/${id}`, 'campaigns.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const draft = /^\d{1,9}$/.test(id) ? await getDraftDesk(context, Number(id), locale) : null
  const place = { fundId: fund.id, communeId: draft?.unitId }
  if (draft?.need.fundId !== fund.id || !isAllowed(staff.roles, 'campaigns.read', place)) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const t = translator(locale, 'campaign-desk')
  const pictures = await getDeskPictures(context, draft.draftId, locale)
  const names = await staffNames(context, [
    ...pictures.photos.map(({ addedBy }) => addedBy),
    ...[draft.savedBy, ...draft.authors, ...draft.apart.map(({ savedBy }) => savedBy)],
    ...(draft.beyond ? [draft.beyond.by] : []),
  ])
  const [done, wrong] = [oneOf(asked['xong']), oneOf(asked['loi'])]
  const notice = campaignNotice(locale, done) ?? handoverNotice(locale, done)
  // Forms of pictures come back with what was typed; the text's keeps itself.
  const problem =
    typed && wrong === 'o'
      ? handoverProblem(locale, wrong, typed)
      : (campaignProblem(locale, wrong) ?? handoverProblem(locale, wrong, typed))
  const kept = (form: string) => `${staff.id}:${form}:soan:${draft.draftId}`
  const keptDone = done === 'photo' ? kept('anh') : done === 'consented' ? kept('dong-y') : null
  const may = (permission: Permission) => isAllowed(staff.roles, permission, place)
  const mayPicture = { add: may('evidence.add'), release: may('evidence.release'), withdraw: may('evidence.withdraw') }
  const { category, commune } = draft.need
  const own = { locale, fundSlug: fund.slug, draft, names, formKey: Buffer.from(context.random(12)).toString('hex') }
  return (
    <ConsoleShell
      {...shell}
      room="campaigns"
      title={t('draft.title')}
      beside={
        <>
          <span>{t('draft.lead', { category, commune, left: formatVnd(draft.uncoveredVnd, locale) })}</span>
          <a href={localePath(locale, consolePath(fund.slug, `/chien-dich/soan/${draft.draftId}/xem`))}>{t('page.preview')}</a>
        </>
      }
      notice={notice && <span data-draft-done={keptDone}>{notice}</span>}
      problem={problem}
    >
      <div className="bench">
        {isAllowed(staff.roles, 'campaigns.edit', place) ? (
          <DraftEditor {...own} maySubmit={isAllowed(staff.roles, 'campaigns.submit', place)} />
        ) : (
          <p>{draft.content.titleVi}</p>
        )}
        <div>
          <DraftSide {...own} mayExceed={isAllowed(staff.roles, 'campaigns.exceed', place)} />
        </div>
      </div>
      <DraftPictures
        {...{ locale, pictures, names, typed, kept, me: staff.id, may: mayPicture, today: dayOf(context.now()) }}
        path={(part) => localePath(locale, consolePath(fund.slug, `/chien-dich/soan/${draft.draftId}/${part}`))}
        newKeys={{ photo: randomUUID(), consent: randomUUID() }}
      />
      <script type="module" src="/js/draft.js" />
      <script type="module" src="/js/kept-form.js" />
    </ConsoleShell>
  )
}
