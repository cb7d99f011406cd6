import { takeConsent } from '../../../../take-consent'
import { deliveryForm } from '../delivery-form'

/** Records that a school, a health station or guardians consent to pictures of a delivery. */
export const { GET, POST } = deliveryForm((form) => {
  const { delivery, finish } = form
  return takeConsent(form, { about: { kind: 'delivery', id: delivery.id }, of: { deliverySlug: delivery.slug }, finish })
})
