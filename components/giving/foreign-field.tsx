import type { CardOffer } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { FOREIGN_CURRENCIES, isForeignCurrency } from '@/lib/money/currency'
import { formatCount } from '@/lib/money/vnd'
import type { ReturnedForm } from '@/lib/pledges/model'
import { MAX_CARD_CENTS, MIN_CARD_CENTS } from '@/lib/pledges/schema'
import { errorText } from './error-text'

interface Props {
  locale: Locale
  form: ReturnedForm
  cards: Exclude<CardOffer, 'none'>
  describedBy: string | undefined
}

/** One more amount to choose: dollars or euros, charged to a card. */
export function ForeignField({ locale, form, cards, describedBy }: Props) {
  const t = translator(locale, 'card')
  const { draft } = form
  const isOff = cards === 'paused' ? { disabled: true } : {}
  const bounds = { least: formatCount(MIN_CARD_CENTS / 100n, locale), most: formatCount(MAX_CARD_CENTS / 100n, locale) }
  const wrong = errorText('foreignAmount', form, locale) ?? errorText('currency', form, locale)
  const currency = isForeignCurrency(draft.currency ?? '') ? draft.currency : 'usd'
  return (
    <div className="pick pick-other pick-foreign">
      <input
        type="radio"
        name="amount"
        value="foreign"
        id="amount-foreign"
        defaultChecked={draft.amount === 'foreign' && cards === 'open'}
        aria-describedby={describedBy}
        {...isOff}
      />
      <label htmlFor="amount-foreign">{t('form.foreign')}</label>
      <span className="sum">
        <input
          className="other"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          name="foreignAmount"
          id="foreignAmount"
          maxLength={20}
          defaultValue={draft.foreignAmount ?? ''}
          aria-label={t('form.foreignLabel')}
          aria-describedby={wrong ? 'foreignAmount-hint foreignAmount-error' : 'foreignAmount-hint'}
          {...(wrong ? { 'aria-invalid': true } : {})}
          {...isOff}
        />
        <select name="currency" id="currency" defaultValue={currency} aria-label={t('form.currency')} {...isOff}>
          {FOREIGN_CURRENCIES.map((one) => (
            <option key={one} value={one}>
              {t(`form.${one}`)}
            </option>
          ))}
        </select>
      </span>
      <small id="foreignAmount-hint">{cards === 'paused' ? t('form.paused') : t('form.foreignHint', bounds)}</small>
      {wrong && (
        <small className="wrong" id="foreignAmount-error">
          {wrong}
        </small>
      )}
    </div>
  )
}
