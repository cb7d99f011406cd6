import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { FEWEST_CHILDREN_TOLD, type ToHandOver } from '@/lib/delivery/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { Day } from '@/lib/time/day'
import { typedInto, type Typed } from './handover-text'

interface Props {
  locale: Locale
  fundSlug: string
  purchase: ToHandOver
  today: Day
  /** Names the delivery that this form is going to be. */
  newKey: string
  /** Under which name the browser keeps what is typed. */
  draft: string
  /** Begins anew: what the browser kept is thrown away. */
  isAnew: boolean
  typed: Typed | null
}

/** The form of a delivery: for a phone, over a line that may drop. */
export function DeliveryForm({ locale, fundSlug, purchase, today, newKey, draft, isAnew, typed }: Props) {
  const t = translator(locale, 'handover')
  const { isBack, was, wrong } = typedInto(locale, 'delivery', isAnew ? null : typed)
  const path = `/trao/moi/${purchase.spendId}`
  const wrongUnits = wrong('units').error
  return (
    <form
      method="post"
      action={localePath(locale, consolePath(fundSlug, `${path}/gui`))}
      className="stack sheet-form"
      noValidate
      data-kept={draft}
      data-kept-key=""
      {...(isBack ? { 'data-back': '' } : {})}
      {...(isAnew ? { 'data-anew': '' } : {})}
    >
      <input type="hidden" name="form" value="delivery" />
      <input type="hidden" name="key" defaultValue={was('key') ?? newKey} />
      <p className="lead-line">
        <b>{purchase.title}</b>
        <span className="sub">
          {purchase.campaign}. {purchase.commune.name}.
        </span>
      </p>
      <Field name="deliveredOn" label={t('record.day')} {...wrong('deliveredOn')}>
        {(control) => <input {...control} type="date" max={today} defaultValue={was('deliveredOn') ?? today} />}
      </Field>
      <Field name="place" label={t('record.place')} hint={t('record.placeHint', { commune: purchase.commune.name })} {...wrong('place')}>
        {(control) => <input {...control} type="text" autoComplete="off" maxLength={120} defaultValue={was('place')} />}
      </Field>
      <fieldset className="field">
        <legend className="small">{t('record.units')}</legend>
        {wrongUnits !== undefined && <p className="wrong">{wrongUnits}</p>}
        {purchase.items.map(({ position, item, unit, left }) => (
          <Field
            key={position}
            name={`units-${position}`}
            label={item}
            hint={t('record.left', { count: formatCount(left, locale), unit })}
            {...wrong(`units-${position}`)}
          >
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="numeric"
                autoComplete="off"
                maxLength={7}
                defaultValue={was(`units-${position}`)}
              />
            )}
          </Field>
        ))}
      </fieldset>
      <Field
        name="children"
        label={t('record.children')}
        hint={t('record.childrenHint', { fewest: FEWEST_CHILDREN_TOLD })}
        {...wrong('children')}
      >
        {(control) => (
          <input {...control} type="text" inputMode="numeric" autoComplete="off" maxLength={6} defaultValue={was('children')} />
        )}
      </Field>
      <Field name="note" label={t('record.note')} hint={t('record.noteHint')} {...wrong('note')}>
        {(control) => <textarea {...control} rows={3} maxLength={600} defaultValue={was('note')} />}
      </Field>
      <details {...(was('placeEn') || was('noteEn') ? { open: true } : {})}>
        <summary>{t('record.english')}</summary>
        <Field name="placeEn" label={t('record.placeEn')} {...wrong('placeEn')}>
          {(control) => <input {...control} type="text" autoComplete="off" maxLength={120} defaultValue={was('placeEn')} />}
        </Field>
        <Field name="noteEn" label={t('record.noteEn')} {...wrong('noteEn')}>
          {(control) => <textarea {...control} rows={3} maxLength={600} defaultValue={was('noteEn')} />}
        </Field>
      </details>
      <p className="hint" role="status" data-kept-told="" data-kept-text={t('record.kept')} data-offline-text={t('record.offline')} />
      <p className="acts-row">
        <button className="act act-3">{t('record.go')}</button>
        <a className="act act-2" href={localePath(locale, consolePath(fundSlug, `${path}?moi=1`))}>
          {t('record.anew')}
        </a>
      </p>
      <script type="module" src="/js/kept-form.js" />
    </form>
  )
}
