import { decideEvidence } from '../../../decide-evidence'
import { spendForm } from '../spend-form'

/** Releases or withdraws a paper of a spend. */
export const { GET, POST } = spendForm((form) => decideEvidence(form, form.finish))
