import { takeConsent } from '../../../../take-consent'
import { draftForm } from '../draft-form'

/** Records that a school, a health station or guardians consent to pictures of a campaign. */
export const { GET, POST } = draftForm((form) => {
  const { draft, finish } = form
  return takeConsent(form, { about: { kind: 'draft', id: draft.id }, of: { draftId: draft.id }, finish })
})
