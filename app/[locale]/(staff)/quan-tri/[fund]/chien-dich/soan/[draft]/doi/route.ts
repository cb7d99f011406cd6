import { decideEvidence } from '../../../../decide-evidence'
import { draftForm } from '../draft-form'

/** Releases or withdraws a picture of a campaign, or ends a consent to its pictures. */
export const { GET, POST } = draftForm((form) => decideEvidence(form, form.finish))
