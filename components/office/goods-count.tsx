import { Field } from '@/components/ui/field'
import type { GoodsGift, OfferedLine } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { Typed } from './fields'
import { officeError } from './text'

interface Props {
  locale: Locale
  /** Lines of the campaign's budget. */
  lines: OfferedLine[]
  nature: GoodsGift['nature']
  /** What was promised of a line, and came; left out where nothing was. */
  promisedOf?: (position: number) => { promised: bigint; received: bigint } | undefined
  today: string
  typed: Typed
}

/** What was brought, thing by thing of a campaign's budget, and the paper that says so. */
export function GoodsCount({ locale, lines, nature, promisedOf, today, typed }: Props) {
  const t = translator(locale, 'office')
  const valueOf = (name: string) => typed?.fields[name]
  const errorOf = (name: string) => {
    const code = typed?.errors[name]
    return code ? { error: officeError(locale, code) } : {}
  }
  return (
    <>
      {lines.map(({ position, item, unit, standard }) => {
        const own = promisedOf?.(position)
        return (
          <fieldset key={position}>
            <legend>{item}</legend>
            <Field
              name={`units-${position}`}
              label={t('goods.units', { item, unit })}
              hint={
                promisedOf
                  ? t('goods.promised', {
                      ...{ promised: formatCount(own?.promised ?? 0n, locale), received: formatCount(own?.received ?? 0n, locale) },
                      ...{ unit, standard },
                    })
                  : t('goods.standardOf', { standard })
              }
              {...errorOf(`units-${position}`)}
            >
              {(control) => (
                <input {...control} type="text" inputMode="numeric" maxLength={9} defaultValue={valueOf(`units-${position}`)} />
              )}
            </Field>
            <div className="pair">
              <Field name={`condition-${position}`} label={t('goods.condition')}>
                {(control) => (
                  <select {...control} defaultValue={valueOf(`condition-${position}`) ?? (nature === 'goods' ? 'new' : 'none')}>
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
    </>
  )
}
