import { act } from '@/lib/staff/act'
import { getFundSettings, setFundSettings } from '@/lib/staff/settings'
import { consoleForm } from '../../../console-form'

const whole = (text: string | undefined): number => (/^\d{1,3}$/.test((text ?? '').trim()) ? Number(text) : Number.NaN)

/** Saves what a director set, with what stood before. */
export const { GET, POST } = consoleForm('/cai-dat', async ({ context, staff, fund, fields, done, back, refused }) => {
  const settings = { appointmentDelayDays: whole(fields['appointment']), accountDelayDays: whole(fields['account']) }
  const saved = await act(
    context,
    staff,
    {
      ...{ permission: 'fund.settings', fundId: fund.id, about: { kind: 'fund', id: fund.id }, after: settings },
      before: async (inside) => ({ ...(await getFundSettings(inside, fund.id)) }),
    },
    (inside) => setFundSettings(inside, fund.id, settings),
  )
  if (saved.ok) return done('/cai-dat?xong=1')
  return saved.refusal === 'appointment' || saved.refusal === 'account' ? back({ [saved.refusal]: 'wrong' }) : refused(saved.refusal)
})
