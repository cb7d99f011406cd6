import { decideEvidence } from '../../../../decide-evidence'
import { deliveryForm } from '../delivery-form'

/** Releases or withdraws a photo or a paper of a delivery, or ends a consent. */
export const { GET, POST } = deliveryForm((form) => decideEvidence(form, form.finish))
