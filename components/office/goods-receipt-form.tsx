import { Field } from '@/components/ui/field'
import { GOODS_REFUSALS, type GoodsGift, type OfferedLine } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { Typed } from './fields'
import { GoodsCount } from './goods-count'

interface Props {
  locale: Locale
  action: string
  gift: GoodsGift
  /** Lines of the campaign's budget. */
  lines: OfferedLine[]
  formKey: string
  today: string
  typed: Typed
}

/** Counts what a giver brought, thing by thing of the campaign's budget. */
export function GoodsReceiptForm({ locale, action, gift, lines, formKey, today, typed }: Props) {
  const t = translator(locale, 'office')
  const promisedOf = (position: number) => gift.lines.find((line) => line.position === position)
  // What was promised stands first: it is what most often comes.
  const ordered = lines.toSorted((a, b) => Number(!!promisedOf(b.position)) - Number(!!promisedOf(a.position)))
  return (
    <section className="pane" aria-labelledby="nhan">
      <h2 id="nhan">{t('goods.receive')}</h2>
      <form method="post" action={action} className="stack column" noValidate>
        <input type="hidden" name="formKey" value={typed?.fields['formKey'] ?? formKey} />
        <GoodsCount {...{ locale, lines: ordered, promisedOf, today, typed }} nature={gift.nature} />
        <p>
          <button className="act act-3" name="viec" value="receive">
            {t('goods.go')}
          </button>
        </p>
      </form>
    </section>
  )
}

/** Says that the fund does not take what was promised. */
export function GoodsRefusalForm({ locale, action }: { locale: Locale; action: string }) {
  const t = translator(locale, 'office')
  return (
    <details>
      <summary>{t('goods.refuse')}</summary>
      <form method="post" action={action} className="stack column">
        <p className="small">{t('goods.refuseLead')}</p>
        <Field name="ly-do" label={t('goods.reason')}>
          {(control) => (
            <select {...control}>
              {GOODS_REFUSALS.map((reason) => (
                <option key={reason} value={reason}>
                  {t(`goods.reasons.${reason}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="act act-2" name="viec" value="refuse">
          {t('goods.refuseGo')}
        </button>
      </form>
    </details>
  )
}
