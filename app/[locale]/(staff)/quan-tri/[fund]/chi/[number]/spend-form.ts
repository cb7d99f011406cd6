import { whereSpendStands } from '@/lib/spend-desk/queries'
import { consoleForm, type SentForm } from '../../../console-form'

/** A form of a spend's page. */
export interface SpendForm extends SentForm {
  /** As an address and a trail name it. */
  spend: { id: bigint; key: string; communeId: number }
  /** Back to the spend's page with what was done: "?xong=<done>". */
  finish: (done: string) => Response
}

/**
 * A handler of a form of a spend's page: one of another fund is none. Whether they may do it there, `act` says.
 * @param options as of `consoleForm`
 */
export const spendForm = (take: (form: SpendForm) => Promise<Response>, options?: { mostBytes: number }) =>
  consoleForm(
    ({ number = '' }) => `/chi/${number}`,
    async (form) => {
      const key = form.parts['number'] ?? ''
      const stands = /^\d{1,9}$/.test(key) ? await whereSpendStands(form.context, form.fund.id, BigInt(key)) : null
      if (!stands) return form.refused('not_allowed')
      const spend = { id: BigInt(key), key, communeId: stands.communeId }
      return take({ ...form, spend, finish: (done) => form.done(`/chi/${key}?xong=${done}`) })
    },
    options,
  )
