import { decideEvidence } from '../../../decide-evidence'
import { goodsForm } from '../goods-form'

/** Releases or withdraws a paper of goods that came. */
export const { GET, POST } = goodsForm((form) => decideEvidence(form, form.finish))
