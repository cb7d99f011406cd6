import { recordDelivery } from '@/lib/delivery/commands'
import { communeSlugOf } from '@/lib/delivery/desk'
import { readDelivery } from '@/lib/delivery/schema'
import { act } from '@/lib/staff/act'
import { dayOf } from '@/lib/time/day'
import { consoleForm } from '../../../../../console-form'

/** Records a delivery, in the commune of its campaign. Sent twice, it is one. */
export const { GET, POST } = consoleForm(
  ({ spend }) => `/trao/moi/${spend}`,
  async ({ context, staff, fund, fields, parts: { spend = '' }, done, back, refused }) => {
    if (!/^\d{1,9}$/.test(spend)) return refused('unknown_spend')
    const read = readDelivery(fields, dayOf(context.now()))
    if (!read.ok) return back(read.refusal)
    const { key, ...told } = read.value
    const spendId = BigInt(spend)
    const recorded = await act(
      context,
      staff,
      {
        ...{ permission: 'deliveries.record', fundId: fund.id, about: { kind: 'spend', id: spendId } },
        after: ({ deliveryId }: { deliveryId: bigint }) => ({ delivery: String(deliveryId) }),
      },
      async (inside, by) =>
        recordDelivery(inside, { ...told, spendId, communeSlug: await communeSlugOf(inside, spendId), by, key: `${by}:${key}` }),
    )
    if (recorded.ok) return done(`/trao/dot/${recorded.value.deliveryId}?xong=recorded`)
    return recorded.refusal === 'too_many_units' || recorded.refusal === 'no_units'
      ? back({ units: recorded.refusal })
      : refused(recorded.refusal)
  },
)
