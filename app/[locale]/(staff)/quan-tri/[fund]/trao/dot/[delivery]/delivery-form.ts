import { getDeskDelivery } from '@/lib/delivery/desk-deliveries'
import type { DeskDelivery } from '@/lib/delivery/model'
import { consoleForm, type SentForm } from '../../../../console-form'

/** A form of a delivery's page. */
interface DeliveryForm extends SentForm {
  delivery: DeskDelivery
  /** Back to the delivery's page with what was done: "?xong=<done>". */
  finish: (done: string) => Response
}

/**
 * A handler of a form of a delivery's page: one of another fund is none. Whether they may do it there, `act` says.
 * @param options as of `consoleForm`
 */
export const deliveryForm = (take: (form: DeliveryForm) => Promise<Response>, options?: { mostBytes: number }) =>
  consoleForm(
    ({ delivery }) => `/trao/dot/${delivery}`,
    async (form) => {
      const id = form.parts['delivery'] ?? ''
      const found = /^\d{1,9}$/.test(id)
        ? await getDeskDelivery(form.context, { fundId: form.fund.id, deliveryId: BigInt(id) }, form.locale)
        : null
      if (!found) return form.refused('not_allowed')
      return take({ ...form, delivery: found, finish: (done) => form.done(`/trao/dot/${id}?xong=${done}`) })
    },
    options,
  )
