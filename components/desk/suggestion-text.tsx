import type { QueueLine, Suggestion } from '@/lib/bank/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'

/** What a line may be, in a few words. */
export function suggestionTitle(locale: Locale, suggestion: Suggestion): string {
  const t = translator(locale, 'desk')
  switch (suggestion.kind) {
    case 'pledge':
      return t('suggestion.pledge', { code: suggestion.code, campaign: suggestion.campaign ?? t('suggestion.general') })
    case 'spend':
      return t('suggestion.spend', { id: suggestion.spendId, title: suggestion.title })
    case 'advance':
    case 'advance_returned':
      return t(`suggestion.${suggestion.kind}`, { id: suggestion.advanceId, title: suggestion.title })
    case 'refund':
      return t('suggestion.refund', { code: suggestion.code ?? '' })
    case 'own_transfer':
    case 'not_ours':
      return t(`suggestion.${suggestion.kind}`, { account: suggestion.account })
    case 'payout':
      return t('suggestion.payout', { day: formatDay(suggestion.arrivesOn) })
    default:
      return t(`kinds.${suggestion.kind}`)
  }
}

/** Why it may be that, and what is known of it. */
export function suggestionDetail(locale: Locale, suggestion: Suggestion): string {
  const t = translator(locale, 'desk')
  const why = suggestion.why.map((one) => t(`why.${one}`))
  return [...why, ...known(locale, suggestion)].join('; ')
}

function known(locale: Locale, suggestion: Suggestion): string[] {
  const t = translator(locale, 'desk')
  switch (suggestion.kind) {
    case 'pledge': {
      const at = formatMoment(suggestion.pledgedAt)
      const { amountVnd } = suggestion
      const pledged =
        amountVnd === null ? t('suggestion.pledgedForeign', { at }) : t('suggestion.pledged', { amount: formatVnd(amountVnd, locale), at })
      const cheque = suggestion.cheque === null ? [] : [t('suggestion.cheque', { number: suggestion.cheque })]
      return [...cheque, pledged, ...(suggestion.isOpen ? [] : [t('suggestion.received')])]
    }
    case 'spend':
      return [suggestion.supplier, t('suggestion.left', { amount: formatVnd(suggestion.leftVnd, locale) })]
    case 'cash_banked':
      return [t('suggestion.carried', { day: formatDay(suggestion.takenOn), slip: suggestion.slip ?? t('suggestion.noSlip') })]
    case 'own_transfer':
    case 'not_ours':
      return [t('suggestion.leg', { at: formatMoment(suggestion.at), memo: suggestion.memo })]
    default:
      return []
  }
}

/** An amount with its direction: "+500.000 ₫". */
export const signedVnd = (locale: Locale, { direction, amountVnd }: Pick<QueueLine, 'direction' | 'amountVnd'>): string =>
  `${direction === 'in' ? '+' : '−'}${formatVnd(amountVnd, locale)}`
