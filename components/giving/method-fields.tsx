import type { CardOffer } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { ReturnedForm } from '@/lib/pledges/model'
import { MAX_CARD_VND, MIN_CARD_VND } from '@/lib/pledges/schema'
import { errorText } from './error-text'
import { Pick } from './pick'

interface Props {
  locale: Locale
  form: ReturnedForm
  legend: string
  cards: CardOffer
}

/**
 * How to pay: by transfer unless a card is chosen. Where another currency is chosen there is nothing to choose here,
 * which style sheets show; without them the server knows it all the same.
 */
export function MethodFields({ locale, form, legend, cards }: Props) {
  const t = translator(locale, 'card')
  const wrong = errorText('method', form, locale)
  const describedBy = wrong ? 'method-error' : undefined
  const bounds = { least: formatVnd(MIN_CARD_VND, locale), most: formatVnd(MAX_CARD_VND, locale) }
  const isCard = form.draft.method === 'card' && cards === 'open'
  return (
    <fieldset className="method" aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {wrong && (
        <p className="wrong near3" id="method-error">
          {wrong}
        </p>
      )}
      <div className="of-vnd">
        <Pick name="method" value="bank_transfer" id="method-bank_transfer" checked={!isCard} describedBy={describedBy}>
          <span>{t('form.transfer')}</span>
          <small>{t('form.transferHint')}</small>
        </Pick>
        {cards !== 'none' && (
          <Pick name="method" value="card" id="method-card" checked={isCard} describedBy={describedBy} isOff={cards === 'paused'}>
            <span>{t('form.card')}</span>
            <small>{cards === 'paused' ? t('form.paused') : t('form.cardHint', bounds)}</small>
          </Pick>
        )}
      </div>
      {cards === 'open' && <p className="of-foreign">{t('form.foreignHow')}</p>}
    </fieldset>
  )
}
