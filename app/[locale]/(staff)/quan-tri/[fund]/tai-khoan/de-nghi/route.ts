import { proposeReceivingAccount } from '@/lib/funds/commands'
import { act } from '@/lib/staff/act'
import { consoleForm } from '../../../console-form'

const NAMES = ['alias', 'bankName', 'bankBin', 'accountNumber', 'again', 'accountName'] as const

/** Proposes a receiving account: nobody sees it before another person approves it. */
export const { GET, POST } = consoleForm('/tai-khoan', async ({ context, staff, fund, fields, done, back, refused }) => {
  const typed = (name: (typeof NAMES)[number]) => (fields[name] ?? '').trim().replaceAll(/\s+/g, ' ')
  const blank = NAMES.filter((name) => typed(name) === '')
  if (blank.length > 0) return back(Object.fromEntries(blank.map((name) => [name, 'blank'])))
  const accountNumber = typed('accountNumber').replaceAll(' ', '').toUpperCase()
  if (typed('again').replaceAll(' ', '').toUpperCase() !== accountNumber) return back({ again: 'not_the_same' })
  const account = {
    bankBin: typed('bankBin'),
    bankName: typed('bankName'),
    accountNumber,
    accountName: typed('accountName'),
    alias: typed('alias'),
  }
  const proposed = await act(
    context,
    staff,
    {
      ...{ permission: 'accounts.propose', fundId: fund.id, about: { kind: 'fund', id: fund.id } },
      after: ({ accountId }: { accountId: number }) => ({
        account: accountId,
        alias: account.alias,
        bankBin: account.bankBin,
        accountNumber,
      }),
    },
    (inside, by) => proposeReceivingAccount(inside, { fundSlug: fund.slug, ...account, proposedBy: by }),
  )
  if (proposed.ok) return done('/tai-khoan?xong=proposed')
  const { refusal } = proposed
  if (refusal === 'not_an_account' || refusal === 'account_taken') return back({ accountNumber: refusal })
  return refused(refusal)
})
