import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { NeedActs } from '@/components/need-desk/need-acts'
import { NeedFacts, NeedHistory } from '@/components/need-desk/need-facts'
import { needNotice, needProblem } from '@/components/need-desk/texts'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { getNeedDesk } from '@/lib/needs/desk'
import { isAllowed, type Permission } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole } from '../../../open-console'

interface Props {
  params: Promise<{ locale: string; fund: string; need: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'need-desk')('title') } : {}
}

/** A need, with all that was done to it and what can be done. */
export default async function NeedRoute(props: Props) {
  const { need: id } = await props.params
  const opened = await openConsole(props, `/nhu-cau/${id}`, 'needs.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const need = /^\d{1,9}$/.test(id) ? await getNeedDesk(context, Number(id), locale) : null
  const may = (permission: Permission) => isAllowed(staff.roles, permission, { fundId: fund.id, communeId: need?.unitId })
  if (need?.fundId !== fund.id || !may('needs.read')) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const t = translator(locale, 'need-desk')
  const names = await staffNames(context, [...need.steps.map(({ by }) => by), ...need.papers.map(({ addedBy }) => addedBy)])
  const notice = needNotice(locale, oneOf(asked['xong']))
  const problem = needProblem(locale, oneOf(asked['loi']))
  const formKey = Buffer.from(context.random(12)).toString('hex')
  const own = { locale, fundSlug: fund.slug, need, formKey }
  return (
    <ConsoleShell
      {...shell}
      room="needs"
      title={`${need.category}, ${need.commune}`}
      beside={<span>{t('year', { year: `${need.schoolYear}–${need.schoolYear + 1}` })}</span>}
      notice={notice}
      problem={problem}
    >
      <div className="bench">
        <div className="stack">
          <NeedFacts {...own} names={names} may={{ report: may('needs.report'), cover: may('needs.cover') }} />
          <NeedHistory locale={locale} need={need} names={names} />
        </div>
        <div>
          <NeedActs
            {...own}
            typed={typed?.fields ?? {}}
            may={{
              ...{ check: may('needs.check'), publish: may('needs.publish') },
              ...{ cover: may('needs.cover'), makeCampaign: may('campaigns.edit') },
            }}
          />
        </div>
      </div>
    </ConsoleShell>
  )
}
