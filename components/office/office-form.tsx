import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { OFFICE_KINDS, type TakingCampaign } from '@/lib/office/model'
import { GiverFields } from './giver-fields'
import { fieldsOf, type Typed } from './fields'

interface Props {
  locale: Locale
  action: string
  campaigns: TakingCampaign[]
  formKey: string
  today: string
  typed: Typed
}

/** Takes cash or a cheque that somebody hands in. */
export function OfficeForm({ locale, action, campaigns, formKey, today, typed }: Props) {
  const t = translator(locale, 'office')
  const { field, text, choice, valueOf } = fieldsOf(locale, typed)
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
      <GiverFields locale={locale} typed={typed} />
      <p>
        <button className="act act-3">{t('form.go')}</button>
      </p>
      <p className="small quiet">{t('form.goNote')}</p>
    </form>
  )
}
