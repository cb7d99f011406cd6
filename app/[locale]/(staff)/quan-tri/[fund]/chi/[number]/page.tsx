import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { SpendDecisions } from '@/components/spend-desk/decisions'
import { SpendFacts } from '@/components/spend-desk/spend-facts'
import { STATE_TAGS } from '@/components/spend-desk/spend-list'
import { spendNotice, spendProblem } from '@/components/spend-desk/text'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getSpendDesk } from '@/lib/spend-desk/queries'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
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
  const desk = await getSpendDesk(context, fund.id, number, locale)
  if (!desk) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const names = await staffNames(context, [desk.requestedBy, ...(desk.decidedBy === null ? [] : [desk.decidedBy])])
  const place = { fundId: fund.id }
  const may = {
    approve: isAllowed(staff.roles, 'spends.approve', place),
    settle: isAllowed(staff.roles, 'spends.settle', place),
    cancel: isAllowed(staff.roles, 'spends.cancel', place),
  }
  const t = translator(locale, 'spend-desk')
  const { state, key, title } = desk.view
  const notice = spendNotice(locale, oneOf(asked['xong']))
  const problem = spendProblem(locale, oneOf(asked['loi']), typed)
  return (
    <ConsoleShell
      {...shell}
      room="spends"
      title={`${key}. ${title}`}
      beside={<span className={`tag ${STATE_TAGS[state]}`}>{t(`states.${state}`)}</span>}
      {...(notice ? { notice } : {})}
      {...(problem ? { problem } : {})}
    >
      <div className="bench">
        <div>
          <SpendFacts locale={locale} desk={desk} names={names} />
        </div>
        <SpendDecisions locale={locale} fundSlug={fund.slug} desk={desk} me={staff.id} may={may} typed={typed} />
      </div>
    </ConsoleShell>
  )
}
