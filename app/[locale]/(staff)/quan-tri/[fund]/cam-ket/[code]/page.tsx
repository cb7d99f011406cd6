import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { PledgeActs } from '@/components/pledge-desk/pledge-acts'
import { PledgeFacts } from '@/components/pledge-desk/pledge-facts'
import { pledgeNotice, pledgeProblem } from '@/components/pledge-desk/text'
import { consolePath } from '@/lib/console/model'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getPledge } from '@/lib/pledge-desk/queries'
import { normalizeCode } from '@/lib/pledges/codes'
import { createFormKey } from '@/lib/pledges/secret'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

interface Props extends ConsoleProps {
  params: Promise<{ locale: string; fund: string; code: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'pledge-desk')('title') } : {}
}

/** One promise or gift, and what staff may do with it at its donor's word. */
export default async function PledgeRoute(props: Props) {
  const code = normalizeCode((await props.params).code).slice(0, 20)
  const opened = await openConsole(props, `/cam-ket/${code}`, 'pledges.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const mayWrite = isAllowed(staff.roles, 'pledges.write', { fundId: fund.id })
  const pledge = await getPledge(context, fund.id, { code, mayReach: mayWrite }, locale)
  if (!pledge) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const notice = pledgeNotice(locale, oneOf(asked['xong']))
  const problem = pledgeProblem(locale, oneOf(asked['loi']))
  const names = await staffNames(
    context,
    pledge.letters.map(({ by }) => by),
  )
  const t = translator(locale, 'pledge-desk')
  return (
    <ConsoleShell {...shell} room="pledges" title={t('one', { code })} notice={notice} problem={problem}>
      <div className="bench">
        <div>
          <PledgeFacts locale={locale} pledge={pledge} />
        </div>
        <aside className="pane">
          <PledgeActs
            locale={locale}
            action={localePath(locale, consolePath(fund.slug, `/cam-ket/${code}/viec`))}
            pledge={pledge}
            names={names}
            mayCorrect={isAllowed(staff.roles, 'pledges.correct', { fundId: fund.id })}
            mayWrite={mayWrite}
            formKey={createFormKey(context.random)}
            typed={typed?.fields ?? {}}
          />
        </aside>
      </div>
    </ConsoleShell>
  )
}
