import { whereDraftStands } from '@/lib/campaigns/draft-desk'
import { consoleForm, type SentForm } from '../../../../console-form'

/** A form of a draft's pictures. */
export interface DraftForm extends SentForm {
  draft: { id: number; communeId: number }
  /** Back to the draft's page with what was done: "?xong=<done>". */
  finish: (done: string) => Response
}

/**
 * A handler of a form of a draft's pictures: a draft of another fund is none. Whether they may do it there, `act` says.
 * @param options as of `consoleForm`
 */
export const draftForm = (take: (form: DraftForm) => Promise<Response>, options?: { mostBytes: number }) =>
  consoleForm(
    ({ draft = '' }) => `/chien-dich/soan/${draft}`,
    async (form) => {
      const key = form.parts['draft'] ?? ''
      const stands = /^\d{1,9}$/.test(key) ? await whereDraftStands(form.context, Number(key)) : null
      if (stands?.fundId !== form.fund.id) return form.refused('not_allowed')
      const draft = { id: Number(key), communeId: stands.communeId }
      return take({ ...form, draft, finish: (done) => form.done(`/chien-dich/soan/${key}?xong=${done}#anh`) })
    },
    options,
  )
