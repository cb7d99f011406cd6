import { DonorPart, type KeptWords } from '@/components/giving/gift-fields'
import type { OfferedLine, ReturnedGoods } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { donorForm } from './error-text'
import { ItemFields, MeetingFields } from './goods-fields'

interface Props {
  locale: Locale
  /** Random, of this one form: sent twice, it still makes one pledge. */
  formKey: string
  lines: OfferedLine[]
  form: ReturnedGoods
}

/** What, who, and how to meet: the fields of a promise of goods, new or changed. */
export function GoodsFields({ locale, formKey, lines, form, kept = null }: Props & { kept?: KeptWords | null }) {
  const t = translator(locale, 'goods')
  return (
    <>
      <input type="hidden" name="formKey" value={formKey} />
      <ItemFields locale={locale} form={form} lines={lines} />
      <DonorPart locale={locale} form={donorForm(form)} legend={t('form.who')} kept={kept} />
      <MeetingFields locale={locale} form={form} legend={t('form.meet')} />
    </>
  )
}

/** The form that promises goods or a service. A plain form; its errors come back from the server, in words of ours. */
export function GoodsForm({ action, ...fields }: Props & { action: string }) {
  const t = translator(fields.locale, 'goods')
  return (
    <form className="steps" action={action} method="post" noValidate>
      <GoodsFields {...fields} />
      <p>
        <button className="act full" type="submit">
          {t('form.submit')}
        </button>
      </p>
      <p className="small quiet">{t('form.submitNote')}</p>
    </form>
  )
}
