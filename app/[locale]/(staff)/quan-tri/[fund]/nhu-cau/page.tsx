import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { MatrixHeat, MatrixTable } from '@/components/need-desk/matrix'
import { NeedTable } from '@/components/need-desk/need-table'
import { Rounds } from '@/components/need-desk/rounds'
import { needNotice, needProblem } from '@/components/need-desk/texts'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listNeeds, listNeedYears } from '@/lib/needs/desk'
import { getNeedMatrix } from '@/lib/needs/matrix'
import { listNeedRounds } from '@/lib/needs/rounds'
import { parseSchoolYear } from '@/lib/needs/schema'
import { communesOf, isAllowed, isAllowedSomewhere } from '@/lib/staff/permissions'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'need-desk')('title') } : {}
}

/** What communes need: as heat and as tables, what waits for an editor, and who has not answered. */
export default async function NeedsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/nhu-cau', 'needs.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const asked = await props.searchParams
  const t = translator(locale, 'need-desk')
  const today = dayOf(context.now())
  const { programmes, years } = await listNeedYears(context, fund.id, locale)
  const schoolYear = parseSchoolYear(oneOf(asked['nam']) ?? '') ?? years[0] ?? Number(today.slice(0, 4))
  const programme = programmes.find(({ slug }) => slug === oneOf(asked['ct'])) ?? programmes[0]
  const seen = communesOf(staff.roles, 'needs.read', fund.id)
  const answers = communesOf(staff.roles, 'needs.report', fund.id)
  const matrix = programme && seen === 'all' ? await getNeedMatrix(context, { programmeSlug: programme.slug, schoolYear }, locale) : null
  const unitIds = seen === 'all' ? null : [...seen]
  const waiting = ['reported', 'checked'] as const
  const lists = await Promise.all(
    (unitIds === null ? waiting : [null]).map((state) =>
      listNeeds(context, { fundId: fund.id, state, schoolYear: unitIds === null ? null : schoolYear, unitIds }, locale),
    ),
  )
  const items = lists.flatMap((list) => list.items)
  const more = lists.reduce((sum, list) => sum + list.total - list.items.length, 0)
  const notice = needNotice(locale, oneOf(asked['xong']))
  const problem = needProblem(locale, oneOf(asked['loi']))
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  const chooseYear = (
    <form className="line-form" action={own('/nhu-cau')}>
      <div className="field">
        <label htmlFor="nam">{t('yearLabel')}</label>
        <select id="nam" name="nam" defaultValue={schoolYear}>
          {(years.length === 0 ? [schoolYear] : years).map((year) => (
            <option key={year} value={year}>
              {`${year}–${year + 1}`}
            </option>
          ))}
        </select>
      </div>
      {programmes.length > 1 && (
        <div className="field">
          <label htmlFor="ct">{t('programme')}</label>
          <select id="ct" name="ct" defaultValue={programme?.slug}>
            {programmes.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        </div>
      )}
      <button className="act act-2">{t('show')}</button>
    </form>
  )
  const rounds = (
    <Rounds
      locale={locale}
      fundSlug={fund.slug}
      rounds={await listNeedRounds(context, fund.id)}
      programmes={programmes}
      schoolYear={schoolYear}
      today={today}
      maySet={isAllowed(staff.roles, 'needs.round', { fundId: fund.id })}
      mayAnswerFor={(unitId) => answers === 'all' || answers.has(unitId)}
    />
  )
  return (
    <ConsoleShell
      {...shell}
      room="needs"
      takes={[
        { table: 'needs', fields: { nam: String(schoolYear), ...(programme ? { ct: programme.slug } : {}) } },
        { table: 'coverages', fields: { nam: String(schoolYear) } },
      ]}
      title={t('title')}
      beside={
        <>
          {isAllowedSomewhere(staff.roles, 'needs.report', fund.id) && <a href={own('/nhu-cau/bao')}>{t('report')}</a>}
          {isAllowedSomewhere(staff.roles, 'needs.import', fund.id) && <a href={own('/nhu-cau/nhap')}>{t('import')}</a>}
        </>
      }
      notice={notice}
      problem={problem}
    >
      <p className="lead-line">{t('lead')}</p>
      <div className={unitIds === null ? 'bench' : undefined}>
        <div className="stack">
          {unitIds !== null && rounds}
          <section aria-labelledby="cho-xem">
            <h2 id="cho-xem">{t(unitIds === null ? 'list.title' : 'list.ofCommunes')}</h2>
            {unitIds !== null && chooseYear}
            {items.length === 0 ? (
              <p>{t(unitIds === null ? 'list.none' : 'list.noneOfCommunes')}</p>
            ) : (
              <NeedTable locale={locale} fundSlug={fund.slug} items={items} />
            )}
            {more > 0 && <p>{t('list.more', { count: more })}</p>}
          </section>
          {matrix && (
            <>
              {chooseYear}
              <MatrixHeat locale={locale} fundSlug={fund.slug} matrix={matrix} />
              <MatrixTable
                locale={locale}
                head={t('matrix.commune')}
                rows={matrix.communes.map(({ unitId, name, sum }) => ({ key: String(unitId), name, sum }))}
                sum={matrix.sum}
              />
              <MatrixTable locale={locale} head={t('form.category')} rows={matrix.categories} sum={matrix.sum} />
            </>
          )}
        </div>
        {unitIds === null && <div>{rounds}</div>}
      </div>
    </ConsoleShell>
  )
}
