import { decideLine } from '@/lib/bank/decide'
import { act } from '@/lib/staff/act'
import { decideUnread } from '@/lib/unread/commands'
import { readSubject, type UnreadSubject } from '@/lib/unread/model'
import { lineSaying, movementSaying, noticeSaying } from '@/lib/unread/schema'
import { consoleForm, type SentForm } from '../../../../console-form'

const PAGE = '/ngan-hang/chua-ro'

/** Says what something is that no machine could read or place. */
export const { GET, POST } = consoleForm(PAGE, async (form) => {
  const subject = readSubject(form.fields['muc'] ?? '')
  if (!subject) return form.refused('not_found')
  return subject.of === 'line' ? decideUnknownLine(form, subject) : decide(form, subject)
})

const reasonOf = ({ fields }: SentForm): string => (fields['vi-sao'] ?? '').trim().slice(0, 300)
const keyOf = ({ fields }: SentForm, saying: string): string => `unread:${(fields['key'] ?? '').slice(0, 64)}:${saying}`

async function decide(form: SentForm, subject: Exclude<UnreadSubject, { of: 'line' }>): Promise<Response> {
  const { context, staff, fund, fields, back, refused, done } = form
  const given = { kind: fields['la'], ...(fields['la'] === 'told' ? { lineId: (fields['so-told'] ?? '').trim() } : {}) }
  const saying = subject.of === 'notice' ? noticeSaying.safeParse(given) : movementSaying.safeParse(given)
  if (!saying.success) return fields['la'] === 'told' ? back({ 'so-told': 'no_match' }) : refused('nothing')
  const wish = { fundId: fund.id, subject, saying: saying.data, seen: fields['thay'] ?? '', reason: reasonOf(form) }
  const decided = await act(
    context,
    staff,
    {
      ...{ permission: 'bank.decide', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ decisionId }: { decisionId: bigint }) => ({
        unread: fields['muc'] ?? '',
        decision: String(decisionId),
        kind: saying.data.kind,
      }),
    },
    (inside, by) => decideUnread(inside, { ...wish, by, key: keyOf(form, saying.data.kind) }),
  )
  if (decided.ok) return done(`${PAGE}?xong=${saying.data.kind}`)
  return decided.refusal === 'no_reason'
    ? back({ 'vi-sao': 'no_reason' })
    : decided.refusal === 'no_match'
      ? back({ 'so-told': 'no_match' })
      : refused(decided.refusal)
}

/** A line of an account that is not ours stands in no fund: the trail has it under the fund whose people decide. */
async function decideUnknownLine(form: SentForm, { id }: Extract<UnreadSubject, { of: 'line' }>): Promise<Response> {
  const { context, staff, fund, fields, back, refused, done } = form
  const saying = lineSaying.safeParse({ kind: fields['la'] })
  if (!saying.success) return refused('nothing')
  const { kind } = saying.data
  const reason = reasonOf(form)
  if (kind !== 'ours' && reason === '') return back({ 'vi-sao': 'no_reason' })
  const decided = await act(
    context,
    staff,
    {
      ...{ permission: 'bank.decide', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ decisionId }: { decisionId: bigint }) => ({ line: String(id), decision: String(decisionId), kind }),
    },
    (inside, by) =>
      decideLine(inside, {
        ...{ lineId: id, seen: fields['thay'] ?? '', reason, by, fundId: fund.id, key: keyOf(form, kind) },
        decision: kind === 'not_ours' ? { kind, otherLineId: null } : { kind },
      }),
  )
  return decided.ok ? done(kind === 'keep_unplaced' ? `${PAGE}?xong=wait` : '/ngan-hang?xong=1') : refused(decided.refusal)
}
