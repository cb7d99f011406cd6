import type { CardOffer } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ReturnedForm } from '@/lib/pledges/model'
import { ByMethod } from './by-method'
import { AmountFields, ContactFields, DonorFields, type OfferedAmount } from './gift-fields'
import { legendsOf } from './legends'
import { MethodFields } from './method-fields'

interface Props {
  locale: Locale
  /** Where it is posted. */
  action: string
  /** Random, of this one form: sent twice, it still makes one pledge. */
  formKey: string
  offered: OfferedAmount[]
  cards: CardOffer
  form: ReturnedForm
}

/** The gift form: amount, way to pay, donor, e-mail. A plain form; its errors come back from the server, in words of ours. */
export function GiveForm({ locale, action, formKey, offered, cards, form }: Props) {
  const t = translator(locale, 'giving')
  const card = translator(locale, 'card')
  // A fund without cards has one way to pay, and nothing to ask; unless a card was asked for all the same.
  const isAsked = cards !== 'none' || form.errors.method !== undefined
  const legends = legendsOf(locale, isAsked)
  return (
    <form className="steps" action={action} method="post" noValidate>
      <input type="hidden" name="formKey" value={formKey} />
      <AmountFields locale={locale} form={form} legend={legends.amount} offered={offered} cards={cards} />
      {isAsked && <MethodFields locale={locale} form={form} legend={legends.how} cards={cards} />}
      <DonorFields locale={locale} form={form} legend={legends.who} />
      <ContactFields locale={locale} form={form} legend={legends.contact} />
      <p>
        <button className="act full" type="submit">
          <ByMethod cards={cards} transfer={t('form.submit')} card={card('form.submit')} either={card('form.submitAny')} />
        </button>
      </p>
      <p className="small quiet">
        <ByMethod cards={cards} transfer={t('form.submitNote')} card={card('form.submitNote')} either={null} />
      </p>
    </form>
  )
}
