import { cancelAtDesk, correctName, extendPledge } from '@/lib/pledge-desk/commands'
import { sendLetter, writeLetter } from '@/lib/pledge-desk/letters'
import { isLetterKind } from '@/lib/pledge-desk/model'
import { isFormKey } from '@/lib/pledges/secret'
import { act } from '@/lib/staff/act'
import { isDay } from '@/lib/time/day'
import { consoleForm } from '../../../../console-form'

/** Corrects a name, extends or cancels a promise, or writes to its donor. The trail keeps what was done, never whose name it was. */
export const { GET, POST } = consoleForm(
  ({ code }) => `/cam-ket/${code}`,
  async ({ context, staff, fund, fields, parts, done, refused }) => {
    const { viec: verb, seen = '', name = '', showName, until = '', kind = '', words = '', formKey } = fields
    const code = parts['code'] ?? ''
    const own = `/cam-ket/${code}`
    const correct = { permission: 'pledges.correct' as const, fundId: fund.id, about: { kind: 'pledge' as const, id: code } }
    if (verb === 'name') {
      const isShown = showName === 'yes'
      const named = await act(context, staff, { ...correct, after: { name: 'corrected', isShown } }, (inside) =>
        correctName(inside, { code, seen, name, isShown }),
      )
      return named.ok ? done(`${own}?xong=named`) : refused(named.refusal)
    }
    if (verb === 'extend') {
      if (!isDay(until)) return refused('not_a_day')
      const extended = await act(context, staff, { ...correct, after: { until } }, (inside) => extendPledge(inside, { code, seen, until }))
      return extended.ok ? done(`${own}?xong=extended`) : refused(extended.refusal)
    }
    if (verb === 'cancel') {
      const cancelled = await act(context, staff, { ...correct, after: { state: 'cancelled' } }, (inside) =>
        cancelAtDesk(inside, { code, seen }),
      )
      return cancelled.ok ? done(`${own}?xong=cancelled`) : refused(cancelled.refusal)
    }
    if (verb !== 'letter' || !isLetterKind(kind) || !isFormKey(formKey)) return refused('nothing')
    const written = await act(
      context,
      staff,
      {
        ...{ permission: 'pledges.write', fundId: fund.id, about: { kind: 'pledge', id: code } },
        after: ({ letterId }: { letterId: bigint }) => ({ letter: letterId, kind }),
      },
      (inside, by) => writeLetter(inside, { code, kind, words, formKey, by }),
    )
    if (!written.ok) return refused(written.refusal)
    return (await sendLetter(context, written.value)) ? done(`${own}?xong=sent`) : refused('not_sent')
  },
)
