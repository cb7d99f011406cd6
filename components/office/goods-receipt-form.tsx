import { Field } from '@/components/ui/field'
import { GOODS_REFUSALS, type GoodsGift, type OfferedLine } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { officeError } from './text'

interface Props {
  locale: Locale
  action: string
  gift: GoodsGift
  /** Lines of the campaign's budget. */
  lines: OfferedLine[]
  formKey: string
  today: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

/** Counts what a giver brought, thing by thing of the campaign's budget. */
export function GoodsReceiptForm({ locale, action, gift, lines, formKey, today, typed }: Props) {
  const t = translator(locale, 'office')
  const valueOf = (name: string) => typed?.fields[name]
  const errorOf = (name: string) => {
    const code = typed?.errors[name]
    return code ? { error: officeError(locale, code) } : {}
  }
  const promisedOf = (position: number) => gift.lines.find((line) => line.position === position)
  // What was promised stands first: it is what most often comes.
  const ordered = lines.toSorted((a, b) => Number(!!promisedOf(b.position)) - Number(!!promisedOf(a.position)))
  return (
    <section aria-labelledby="nhan">
      <h2 id="nhan">{t('goods.receive')}</h2>
      <form method="post" action={action} className="stack" noValidate>
        <input type="hidden" name="formKey" value={valueOf('formKey') ?? formKey} />
        {ordered.map(({ position, item, unit, standard }) => {
          const own = promisedOf(position)
          return (
            <fieldset key={position}>
              <legend>{item}</legend>
              <Field
                name={`units-${position}`}
                label={t('goods.units', { item, unit })}
                hint={t('goods.promised', {
                  ...{ promised: formatCount(own?.promised ?? 0n, locale), received: formatCount(own?.received ?? 0n, locale) },
                  ...{ unit, standard },
                })}
                {...errorOf(`units-${position}`)}
              >
                {(control) => (
                  <input {...control} type="text" inputMode="numeric" maxLength={9} defaultValue={valueOf(`units-${position}`)} />
                )}
              </Field>
              <div className="pair">
                <Field name={`condition-${position}`} label={t('goods.condition')}>
                  {(control) => (
                    <select {...control} defaultValue={valueOf(`condition-${position}`) ?? (gift.nature === 'goods' ? 'new' : 'none')}>
                      {(['new', 'used', 'none'] as const).map((condition) => (
                        <option key={condition} value={condition}>
                          {t(`goods.conditions.${condition}`)}
                        </option>
                      ))}
                    </select>
                  )}
                </Field>
                <Field name={`value-${position}`} label={t('goods.value')} hint={t('goods.valueHint')} {...errorOf(`value-${position}`)}>
                  {(control) => (
                    <input {...control} type="text" inputMode="numeric" maxLength={20} defaultValue={valueOf(`value-${position}`)} />
                  )}
                </Field>
              </div>
            </fieldset>
          )
        })}
        <div className="pair">
          <Field name="receivedOn" label={t('goods.receivedOn')} {...errorOf('receivedOn')}>
            {(control) => <input {...control} type="date" max={today} defaultValue={valueOf('receivedOn') ?? today} />}
          </Field>
          <Field name="document" label={t('goods.document')} {...errorOf('document')}>
            {(control) => <input {...control} type="text" maxLength={40} defaultValue={valueOf('document')} />}
          </Field>
        </div>
        <Field name="standard" label={t('goods.standard')} hint={t('goods.standardHint')} {...errorOf('standard')}>
          {(control) => (
            <select {...control} defaultValue={valueOf('standard') ?? 'no'}>
              <option value="no">{t('goods.standards.no')}</option>
              <option value="yes">{t('goods.standards.yes')}</option>
            </select>
          )}
        </Field>
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
      <form method="post" action={action} className="stack">
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
