import type { GoodsGift } from '@/lib/goods/model'
import { getGoodsGift } from '@/lib/goods/queries'
import { consoleForm, type SentForm } from '../../../console-form'

/** A form of the page of a gift of goods. */
interface GoodsForm extends SentForm {
  gift: GoodsGift
  /** Back to the gift's page with what was done: "?xong=<done>". */
  finish: (done: string) => Response
}

/**
 * A handler of a form of the page of a gift of goods: one of another fund is none. Whether they may do it there, `act` says.
 * @param options as of `consoleForm`
 */
export const goodsForm = (take: (form: GoodsForm) => Promise<Response>, options?: { mostBytes: number }) =>
  consoleForm(
    ({ code }) => `/hien-vat/${code}`,
    async (form) => {
      const code = form.parts['code'] ?? ''
      const gift = await getGoodsGift(form.context, code, form.locale)
      if (gift?.fund.slug !== form.fund.slug) return form.refused('not_allowed')
      return take({ ...form, gift, finish: (done) => form.done(`/hien-vat/${code}?xong=${done}`) })
    },
    options,
  )
