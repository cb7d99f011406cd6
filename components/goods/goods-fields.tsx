import { Field } from '@/components/ui/field'
import type { OfferedLine, ReturnedGoods } from '@/lib/goods/model'
import { MAX_NOTE_LENGTH, unitsField } from '@/lib/goods/schema'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { meetingErrorText, unitsErrorText } from './error-text'

interface Props {
  locale: Locale
  form: ReturnedGoods
}

/** Step 1: how many of what, and whether it is a thing or work. */
export function ItemFields({ locale, form, lines }: Props & { lines: OfferedLine[] }) {
  const t = translator(locale, 'goods')
  const isService = form.draft.nature === 'service'
  return (
    <fieldset className="things">
      <legend>{t('form.what')}</legend>
      <div>
        {lines.map((line) => (
          <Units key={line.position} locale={locale} form={form} line={line} />
        ))}
      </div>
      <div role="radiogroup" aria-labelledby="nature-label">
        <p className="lab" id="nature-label">
          {t('form.nature')}
        </p>
        {(['goods', 'service'] as const).map((nature) => (
          <label className="pick" key={nature}>
            <input
              type="radio"
              name="nature"
              value={nature}
              id={`nature-${nature}`}
              defaultChecked={isService === (nature === 'service')}
            />
            <span>{t(`form.${nature}`)}</span>
            <small>{t(nature === 'goods' ? 'form.goodsHint' : 'form.serviceHint')}</small>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One budget line: what it is, how many are needed, and room for a number. */
function Units({ locale, form, line }: Props & { line: OfferedLine }) {
  const t = translator(locale, 'goods')
  const { position, item, unit, standard, quantity, promised, received } = line
  const id = unitsField(position)
  const wrong = unitsErrorText(line, form, locale)
  return (
    <div className="units">
      <label htmlFor={id}>
        {item} <span className="vh">({t('form.units', { unit })})</span>
      </label>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        id={id}
        name={id}
        maxLength={20}
        placeholder="0"
        defaultValue={form.draft[id] ?? ''}
        aria-describedby={wrong ? `${id}-hint ${id}-error` : `${id}-hint`}
        {...(wrong ? { 'aria-invalid': true } : {})}
      />
      <p className="hint" id={`${id}-hint`}>
        {t('form.need', { quantity: formatCount(quantity, locale), unit, standard: standard.replace(/\.$/, '') })}.
        {received > 0n && ` ${t('form.received', { count: formatCount(received, locale) })}`}
        {promised > 0n && ` ${t('form.promised', { count: formatCount(promised, locale) })}`}
      </p>
      {wrong && (
        <p className="wrong" id={`${id}-error`}>
          {wrong}
        </p>
      )}
    </div>
  )
}

/** Step 3: how the fund reaches the giver, and when the goods can come. All of it private. */
export function MeetingFields({ locale, form, legend }: Props & { legend: string }) {
  const t = translator(locale, 'goods')
  const { draft } = form
  const optional = translator(locale, 'giving')('form.optional')
  return (
    <fieldset className="things" aria-describedby="contact-hint">
      <legend>{legend}</legend>
      <p className="small quiet" id="contact-hint">
        {t('form.contactHint')}
      </p>
      <Field name="phone" label={t('form.phone')} error={meetingErrorText('phone', form, locale)}>
        {(control) => <input {...control} type="text" inputMode="tel" autoComplete="tel" maxLength={40} defaultValue={draft.phone ?? ''} />}
      </Field>
      <Field name="email" label={t('form.email')} error={meetingErrorText('email', form, locale)}>
        {(control) => <input {...control} type="email" autoComplete="email" maxLength={254} defaultValue={draft.email ?? ''} />}
      </Field>
      <Field name="note" label={`${t('form.note')} (${optional})`} hint={t('form.noteHint')} error={meetingErrorText('note', form, locale)}>
        {(control) => <textarea {...control} rows={3} maxLength={MAX_NOTE_LENGTH * 2} defaultValue={draft.note ?? ''} />}
      </Field>
    </fieldset>
  )
}
