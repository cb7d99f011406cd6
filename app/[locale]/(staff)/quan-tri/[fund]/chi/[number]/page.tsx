import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { handoverNotice, handoverProblem } from '@/components/delivery/handover-text'
import { DeskPapers } from '@/components/evidence/desk-papers'
import { Advances } from '@/components/spend-desk/advances'
import { SpendDecisions } from '@/components/spend-desk/decisions'
import { SpendFacts } from '@/components/spend-desk/spend-facts'
import { STATE_TAGS } from '@/components/spend-desk/spend-list'
import { spendNotice, spendProblem } from '@/components/spend-desk/text'
import { consolePath } from '@/lib/console/model'
import { SPEND_PAPERS } from '@/lib/evidence/model'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { createFormKey } from '@/lib/pledges/secret'
import { getSpendDesk, listHolders, whereSpendStands } from '@/lib/spend-desk/queries'
import { communesOf, isAllowed, type Permission } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

interface Props extends ConsoleProps {
  params: Promise<{ locale: string; fund: string; number: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, number } = await params
  return isLocale(locale) ? { title: translator(locale, 'spend-desk')('one', { key: number }) } : {}
}

/** One spend: what it is, and what may be decided of it. */
export default async function SpendRoute(props: Props) {
  const { number } = await props.params
  const opened = await openConsole(props, `/chi/${number}`, 'spends.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const reader = { staffId: staff.id, communeIds: communesOf(staff.roles, 'spends.read', fund.id) }
  const desk = await getSpendDesk(context, { fundId: fund.id, key: number, reader }, locale)
  if (!desk) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const names = await staffNames(context, [
    ...[desk.requestedBy, ...(desk.decidedBy === null ? [] : [desk.decidedBy])],
    ...[...desk.advances.map(({ heldBy }) => heldBy), ...desk.papers.map(({ addedBy }) => addedBy)],
  ])
  const stands = await whereSpendStands(context, fund.id, BigInt(number))
  const mayDo = (permission: Permission) => isAllowed(staff.roles, permission, { fundId: fund.id, ...(stands ?? {}) })
  const may = {
    ...{ approve: mayDo('spends.approve'), settle: mayDo('spends.settle'), cancel: mayDo('spends.cancel') },
    ...{ request: mayDo('spends.request'), advance: mayDo('spends.advance') },
  }
  const mayWithPapers = {
    ...{ add: mayDo('evidence.add'), release: mayDo('evidence.release'), withdraw: mayDo('evidence.withdraw') },
    originals: mayDo('spend_papers.read'),
  }
  const path = (part: string) => localePath(locale, consolePath(fund.slug, `/chi/${number}/${part}`))
  const today = dayOf(context.now())
  const t = translator(locale, 'spend-desk')
  const { state, key, title } = desk.view
  const [done, wrong] = [oneOf(asked['xong']), oneOf(asked['loi'])]
  const notice = spendNotice(locale, done) ?? handoverNotice(locale, done)
  const isOfPapers = /^(paper|copy)/.test(typed?.fields['form'] ?? '')
  const problem = isOfPapers ? handoverProblem(locale, wrong, typed) : spendProblem(locale, wrong, typed)
  const kept = `${staff.id}:giay-chi:${key}`
  return (
    <ConsoleShell
      {...shell}
      room="spends"
      title={`${key}. ${title}`}
      beside={<span className={`tag ${STATE_TAGS[state]}`}>{t(`states.${state}`)}</span>}
      notice={notice && <span data-draft-done={done === 'paper' ? kept : undefined}>{notice}</span>}
      problem={problem}
    >
      <div className="bench">
        <div>
          <SpendFacts locale={locale} fundSlug={fund.slug} desk={desk} names={names} mayRequest={may.request} />
          <Advances
            {...{ locale, desk, names, may, today, typed }}
            {...{ action: path('tam-ung'), me: staff.id, newKey: createFormKey(context.random) }}
            holders={may.advance ? await listHolders(context, fund.id, staff.id) : []}
          />
          <DeskPapers
            {...{ locale, path, names, today, kept, typed, papers: desk.papers, me: staff.id, may: mayWithPapers }}
            {...{ kinds: SPEND_PAPERS, datedOn: today, newKey: randomUUID(), isCopyLater: true }}
          />
        </div>
        <SpendDecisions locale={locale} fundSlug={fund.slug} desk={desk} me={staff.id} may={may} typed={typed} />
      </div>
      <script type="module" src="/js/kept-form.js" />
    </ConsoleShell>
  )
}
