import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ReturnedForm } from '@/lib/pledges/model'
import { AmountFields, ContactFields, DonorFields, type OfferedAmount } from './gift-fields'

interface Props {
  locale: Locale
  /** Where it is posted. */
  action: string
  /** Random, of this one form: sent twice, it still makes one pledge. */
  formKey: string
  offered: OfferedAmount[]
  form: ReturnedForm
}

/** The gift form: amount, donor, e-mail. A plain form; its errors come back from the server, in words of ours. */
export function GiveForm({ locale, action, formKey, offered, form }: Props) {
  const t = translator(locale, 'giving')
  return (
    <form className="steps" action={action} method="post" noValidate>
      <input type="hidden" name="formKey" value={formKey} />
      <AmountFields locale={locale} form={form} offered={offered} />
      <DonorFields locale={locale} form={form} legend={t('form.who')} />
      <ContactFields locale={locale} form={form} legend={t('form.contact')} />
      <p>
        <button className="act full" type="submit">
          {t('form.submit')}
        </button>
      </p>
      <p className="small quiet">{t('form.submitNote')}</p>
    </form>
  )
}
