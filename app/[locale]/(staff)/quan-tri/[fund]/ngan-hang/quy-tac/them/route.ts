import { makeRule } from '@/lib/bank/rules'
import { patternSchema } from '@/lib/bank/schema'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../../console-form'

/** Makes a rule. */
export const { GET, POST } = consoleForm('/ngan-hang/quy-tac', async ({ context, staff, fund, fields, done, back, refused }) => {
  const pattern = patternSchema.safeParse({
    ...{ words: fields['chu'] ?? '', decision: fields['la'], direction: fields['chieu'] },
    ...{ leastVnd: fields['tu'] ?? '', mostVnd: fields['den'] ?? '' },
  })
  if (!pattern.success) return back({ tu: 'not_an_amount' })
  const made = await act(
    context,
    staff,
    {
      ...{ permission: 'bank.rules', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ ruleId }: { ruleId: bigint }) => ({ rule: String(ruleId), decision: pattern.data.decision }),
    },
    (inside, by) =>
      makeRule(inside, { ...pattern.data, fundId: fund.id, by, key: `rule:${fund.id}:${(fields['key'] ?? '').slice(0, 64)}` }),
  )
  if (made.ok) return done('/ngan-hang/quy-tac?xong=made')
  return made.refusal === 'signed_out' ? refused(made.refusal) : back({ chu: made.refusal })
})
