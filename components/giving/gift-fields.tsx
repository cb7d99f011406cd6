import { Field } from '@/components/ui/field'
import type { CardOffer } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { ReturnedForm } from '@/lib/pledges/model'
import { MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH } from '@/lib/pledges/schema'
import { errorText } from './error-text'
import { ForeignField } from './foreign-field'
import { Pick } from './pick'

/** An amount on offer, with what it buys. */
export interface OfferedAmount {
  amountVnd: bigint
  label: string
  detail: string | null
}

interface Props {
  locale: Locale
  form: ReturnedForm
}

interface AmountProps extends Props {
  legend: string
  offered: OfferedAmount[]
  cards: CardOffer
}

/** An amount that means something, or any other; where cards are taken, one of another currency too. */
export function AmountFields({ locale, form, legend, offered, cards }: AmountProps) {
  const t = translator(locale, 'giving')
  const { draft } = form
  const chosen = draft.amount
  const isOffered = offered.some(({ amountVnd }) => String(amountVnd) === chosen)
  // An amount that is no longer on offer is not lost: it stands in the free field.
  const isGone = chosen !== undefined && !['', 'other', 'foreign'].includes(chosen) && !isOffered
  const typed = isGone && (draft.otherAmount ?? '') === '' ? chosen : (draft.otherAmount ?? '')
  const isOther = chosen === 'other' || isGone
  const wrong = errorText('amount', form, locale)
  const wrongOther = errorText('otherAmount', form, locale)
  const describedBy = wrong ? 'amount-error' : undefined
  return (
    <fieldset aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {wrong && (
        <p className="wrong near3" id="amount-error">
          {wrong}
        </p>
      )}
      {offered.map(({ amountVnd, label, detail }, index) => (
        <Pick
          key={String(amountVnd)}
          name="amount"
          value={String(amountVnd)}
          id={`amount-${index}`}
          checked={String(amountVnd) === chosen}
          describedBy={describedBy}
        >
          <span>{label}</span>
          <span className="so">{formatVnd(amountVnd, locale)}</span>
          {detail && <small>{detail}</small>}
        </Pick>
      ))}
      <div className="pick pick-other">
        <input
          type="radio"
          name="amount"
          value="other"
          id={offered.length === 0 ? 'amount-0' : 'amount-other'}
          defaultChecked={isOther}
          aria-describedby={describedBy}
        />
        <label htmlFor={offered.length === 0 ? 'amount-0' : 'amount-other'}>
          {t(offered.length === 0 ? 'gift.fields.amount' : 'form.other')}
        </label>
        <span className="sum">
          <input
            className="other"
            type="text"
            inputMode="decimal"
            autoComplete="off"
            name="otherAmount"
            id="otherAmount"
            maxLength={40}
            defaultValue={typed}
            aria-label={t('form.otherLabel')}
            aria-describedby={wrongOther ? 'otherAmount-hint otherAmount-error' : 'otherAmount-hint'}
            {...(wrongOther ? { 'aria-invalid': true } : {})}
          />
          <span aria-hidden="true">₫</span>
        </span>
        <small id="otherAmount-hint">{t('form.otherHint')}</small>
        {wrongOther && (
          <small className="wrong" id="otherAmount-error">
            {wrongOther}
          </small>
        )}
      </div>
      {cards !== 'none' && <ForeignField locale={locale} form={form} cards={cards} describedBy={describedBy} />}
    </fieldset>
  )
}

/** Who gives, and what of it is public. */
export function DonorFields({ locale, form, legend }: Props & { legend: string }) {
  const t = translator(locale, 'giving')
  const { draft } = form
  const isCompany = draft.donorKind === 'company'
  const isShown = draft.showName === 'yes'
  return (
    <fieldset className="stack donor">
      <legend>{legend}</legend>
      <div>
        <Pick name="donorKind" value="person" id="donorKind-person" checked={!isCompany}>
          <span>{t('form.person')}</span>
        </Pick>
        <Pick name="donorKind" value="company" id="donorKind-company" checked={isCompany}>
          <span>{t('form.company')}</span>
        </Pick>
      </div>
      <Field name="name" label={t('form.name')} hint={t('form.nameHint')} error={errorText('name', form, locale)}>
        {(control) => (
          <input {...control} type="text" autoComplete="name" maxLength={MAX_NAME_LENGTH * 2} defaultValue={draft.name ?? ''} />
        )}
      </Field>
      <Field
        name="taxCode"
        className="company-only"
        label={<Optional locale={locale} text={t('form.taxCode')} />}
        hint={t('form.taxCodeHint')}
        error={errorText('taxCode', form, locale)}
      >
        {(control) => (
          <input {...control} type="text" inputMode="numeric" autoComplete="off" maxLength={40} defaultValue={draft.taxCode ?? ''} />
        )}
      </Field>
      <div role="radiogroup" aria-labelledby="showName-label">
        <p className="lab" id="showName-label">
          {t('form.shown')}
        </p>
        <Pick name="showName" value="yes" id="showName-yes" checked={isShown}>
          <span>{t('form.showName')}</span>
        </Pick>
        <Pick name="showName" value="no" id="showName-no" checked={!isShown}>
          <span>{t('form.hideName')}</span>
        </Pick>
      </div>
      <Field
        name="message"
        label={<Optional locale={locale} text={t('form.message')} />}
        hint={t('form.messageHint')}
        error={errorText('message', form, locale)}
      >
        {(control) => <textarea {...control} rows={3} maxLength={MAX_MESSAGE_LENGTH * 2} defaultValue={draft.message ?? ''} />}
      </Field>
    </fieldset>
  )
}

/** What stays of who gave, where something came for the pledge once: the log tells of the name and the message it came under. */
export interface KeptWords {
  name: string
  message: string
}

/** Who gives, or where that stays as it is, what it is and why. */
export function DonorPart({ kept, ...props }: Props & { legend: string; kept: KeptWords | null }) {
  if (!kept) return <DonorFields {...props} />
  const t = translator(props.locale, 'giving')
  const said = [
    { label: t('form.name'), text: kept.name },
    { label: t('form.message'), text: kept.message },
  ].filter(({ text }) => text !== '')
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      {said.map(({ label, text }) => (
        <p key={label}>
          {label}: <b>{text}</b>
        </p>
      ))}
      <p className="small quiet">{t('gift.own.nameKept')}</p>
    </fieldset>
  )
}

/** How the fund may reach the donor. */
export function ContactFields({ locale, form, legend }: Props & { legend: string }) {
  const t = translator(locale, 'giving')
  return (
    <fieldset>
      <legend>{legend}</legend>
      <Field
        name="email"
        label={<Optional locale={locale} text={t('form.email')} />}
        hint={t('form.emailHint')}
        error={errorText('email', form, locale)}
      >
        {(control) => <input {...control} type="email" autoComplete="email" maxLength={254} defaultValue={form.draft.email ?? ''} />}
      </Field>
    </fieldset>
  )
}

const Optional = ({ locale, text }: { locale: Locale; text: string }) => `${text} (${translator(locale, 'giving')('form.optional')})`
