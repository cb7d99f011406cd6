import type { ReactNode } from 'react'
import { Field, type ControlProps } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { OFFICE_KINDS, type TakingCampaign } from '@/lib/office/model'
import { officeError } from './text'

interface Props {
  locale: Locale
  action: string
  campaigns: TakingCampaign[]
  formKey: string
  today: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
}

/** Takes cash or a cheque that somebody hands in. */
export function OfficeForm({ locale, action, campaigns, formKey, today, typed }: Props) {
  const t = translator(locale, 'office')
  const valueOf = (name: string) => typed?.fields[name]
  const field = (name: string, label: string, control: (props: ControlProps) => ReactNode, hint?: string) => {
    const code = typed?.errors[name]
    return (
      <Field name={name} label={label} hint={hint} error={code ? officeError(locale, code) : null}>
        {control}
      </Field>
    )
  }
  const text =
    (maxLength: number, more: { inputMode?: 'numeric' | 'email' | 'tel' } = {}) =>
    (control: ControlProps) => (
      <input {...control} {...more} type="text" autoComplete="off" maxLength={maxLength} defaultValue={valueOf(control.name)} />
    )
  const choice = (options: { value: string; label: string }[], chosen: string) => (control: ControlProps) => (
    <select {...control} defaultValue={valueOf(control.name) ?? chosen}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
  return (
    <form method="post" action={action} className="stack" noValidate>
      <input type="hidden" name="formKey" value={valueOf('formKey') ?? formKey} />
      <div className="pair">
        {field(
          'kind',
          t('form.kind'),
          choice(
            OFFICE_KINDS.map((value) => ({ value, label: t(`form.kinds.${value}`) })),
            'cash',
          ),
        )}
        {field('amount', t('form.amount'), text(20, { inputMode: 'numeric' }), t('form.amountHint'))}
      </div>
      <div className="pair">
        {field(
          'campaign',
          t('form.campaign'),
          choice(
            [
              { value: '', label: t('generalPot') },
              ...campaigns.map(({ slug, title, commune }) => ({ value: slug, label: `${title}, ${commune}` })),
            ],
            '',
          ),
          t('form.campaignHint'),
        )}
        {field('receivedOn', t('form.receivedOn'), (control) => (
          <input {...control} type="date" max={today} defaultValue={valueOf('receivedOn') ?? today} />
        ))}
      </div>
      <fieldset>
        <legend>{t('form.cheque')}</legend>
        <div className="pair">
          {field('chequeNumber', t('form.chequeNumber'), text(30))}
          {field('chequeBank', t('form.chequeBank'), text(80))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('form.giver')}</legend>
        <div className="pair">
          {field('name', t('form.name'), text(80), t('form.nameHint'))}
          {field(
            'donorKind',
            t('form.donorKind'),
            choice(
              (['person', 'company'] as const).map((value) => ({ value, label: t(`form.donorKinds.${value}`) })),
              'person',
            ),
          )}
        </div>
        <div className="pair">
          {field(
            'showName',
            t('form.showName'),
            choice(
              [
                { value: 'no', label: t('form.hidden') },
                { value: 'yes', label: t('form.shown') },
              ],
              'no',
            ),
          )}
          {field('taxCode', t('form.taxCode'), text(20))}
        </div>
        <div className="pair">
          {field('email', t('form.email'), text(254, { inputMode: 'email' }), t('form.contactHint'))}
          {field('phone', t('form.phone'), text(20, { inputMode: 'tel' }))}
        </div>
        {field('message', t('form.message'), text(300))}
        {field('note', t('form.note'), text(500), t('form.noteHint'))}
      </fieldset>
      <p>
        <button className="act act-3">{t('form.go')}</button>
      </p>
      <p className="small quiet">{t('form.goNote')}</p>
    </form>
  )
}
