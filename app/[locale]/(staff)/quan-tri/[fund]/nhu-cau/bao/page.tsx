import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { ReportForm } from '@/components/need-desk/report-form'
import { needNotice, needProblem } from '@/components/need-desk/texts'
import { isLocale, pick } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listNeedYears } from '@/lib/needs/desk'
import { reportPlaces } from '@/lib/needs/judge'
import { communesOf } from '@/lib/staff/permissions'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'need-desk')('form.title') } : {}
}

/** Reports a need of a commune. A field officer sees their own communes. */
export default async function ReportRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/nhu-cau/bao', 'needs.report')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const t = translator(locale, 'need-desk')
  const { programmes } = await listNeedYears(context, fund.id, locale)
  const places = await Promise.all(programmes.map(({ id }) => reportPlaces(context.db, id)))
  const mine = communesOf(staff.roles, 'needs.report', fund.id)
  const communes = new Map(
    places
      .flatMap((place) => place.communes)
      .filter(({ id }) => mine === 'all' || mine.has(id))
      .map(({ id, fullNameVi }) => [id, fullNameVi]),
  )
  const today = dayOf(context.now())
  const year = Number(today.slice(0, 4)) - (today.slice(5) < '06-01' ? 1 : 0)
  const notice = needNotice(locale, oneOf(asked['xong']))
  const problem = needProblem(locale, oneOf(asked['loi']))
  return (
    <ConsoleShell {...shell} room="needs" title={t('form.title')} notice={notice} problem={problem}>
      <p className="lead-line">{t('form.lead')}</p>
      <ReportForm
        locale={locale}
        fundSlug={fund.slug}
        programmes={programmes}
        communes={[...communes].map(([id, name]) => ({ id, name }))}
        categories={(places[0]?.categories ?? []).map(({ key, nameVi, nameEn, unitVi, unitEn }) => ({
          ...{ key, name: pick(locale, nameVi, nameEn), unit: pick(locale, unitVi, unitEn) },
        }))}
        schoolYear={year}
        formKey={Buffer.from(context.random(12)).toString('hex')}
        typed={typed}
        isOtherwise={oneOf(asked['loi']) === 'reported_otherwise'}
      />
    </ConsoleShell>
  )
}
