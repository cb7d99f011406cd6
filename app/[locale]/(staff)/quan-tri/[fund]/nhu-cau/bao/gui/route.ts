import { reportNeed } from '@/lib/needs/commands'
import { listNeedYears } from '@/lib/needs/desk'
import { figureErrors, figuresSchema, parseSchoolYear } from '@/lib/needs/schema'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Takes a report in: of a field officer only for their communes. */
export const { GET, POST } = consoleForm('/nhu-cau/bao', async ({ locale, context, staff, fund, fields, done, back, refused }) => {
  const { key = '', ct = '', nam = '', xa = '', nhom = '', isAlso } = fields
  if (!/^[\w-]{8,80}$/.test(key)) return refused('not_found')
  const figures = figuresSchema.safeParse(fields)
  if (!figures.success) return back(figureErrors(figures.error))
  const schoolYear = parseSchoolYear(nam)
  if (schoolYear === null) return refused('not_a_year')
  const { programmes } = await listNeedYears(context, fund.id, locale)
  const programme = programmes.find(({ slug }) => slug === ct)
  if (!programme) return refused('unknown_programme')
  const unitId = /^\d{1,9}$/.test(xa) ? Number(xa) : 0
  const report = { programmeSlug: programme.slug, unitId, category: nhom, schoolYear, ...figures.data, key, isAlso: isAlso === 'yes' }
  const reported = await act(
    context,
    staff,
    {
      ...{ permission: 'needs.report', fundId: fund.id, about: { kind: 'programme', id: programme.id }, communeId: unitId },
      after: ({ needId }: { needId: number }) => ({ need: needId, commune: unitId, category: nhom, schoolYear }),
    },
    (inside, by) => reportNeed(inside, { ...report, by }),
  )
  return reported.ok ? done(`/nhu-cau/${reported.value.needId}?xong=reported`) : refused(reported.refusal)
})
