import { listNeedYears } from '@/lib/needs/desk'
import { answerNothing, setNeedRound } from '@/lib/needs/rounds'
import { parseSchoolYear } from '@/lib/needs/schema'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Sets until when communes answer, or records that one needs nothing. */
export const { GET, POST } = consoleForm('/nhu-cau', async ({ locale, context, staff, fund, fields, done, refused }) => {
  const { ct = '', nam = '', dueOn = '', round = '', nothing } = fields
  if (nothing !== undefined) {
    if (!/^\d{1,9}$/.test(nothing) || !/^\d{1,9}$/.test(round)) return refused('unknown_round')
    const unitId = Number(nothing)
    const answered = await act(
      context,
      staff,
      {
        ...{ permission: 'needs.report', fundId: fund.id, about: { kind: 'need_round', id: round }, communeId: unitId },
        after: { commune: unitId, answer: 'nothing' },
      },
      (inside, by) => answerNothing(inside, { roundId: Number(round), unitId, by }),
    )
    return answered.ok ? done('/nhu-cau?xong=nothing') : refused(answered.refusal)
  }
  const schoolYear = parseSchoolYear(nam)
  if (schoolYear === null) return refused('not_a_year')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dueOn)) return refused('not_of_the_year')
  const { programmes } = await listNeedYears(context, fund.id, locale)
  const programme = programmes.find(({ slug }) => slug === ct)
  if (!programme) return refused('unknown_programme')
  const set = await act(
    context,
    staff,
    { permission: 'needs.round', fundId: fund.id, about: { kind: 'programme', id: programme.id }, after: { schoolYear, dueOn } },
    (inside, by) => setNeedRound(inside, { programmeSlug: programme.slug, schoolYear, dueOn, by }),
  )
  return set.ok ? done('/nhu-cau?xong=round') : refused(set.refusal)
})
