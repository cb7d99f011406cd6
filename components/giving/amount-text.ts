import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { GiveView, Suggestion } from '@/lib/pledges/model'

/** What an amount buys, in words: a short label, and the full name of the thing where the label needs it. */
export function amountText(suggestion: Suggestion, items: GiveView['items'], locale: Locale): { label: string; detail: string | null } {
  const t = translator(locale, 'giving')
  switch (suggestion.kind) {
    case 'rest':
      return { label: t('form.rest'), detail: null }
    case 'sets':
      return { label: t('form.sets', { count: suggestion.count }), detail: items.map(({ item }) => item).join(', ') }
    case 'units':
    case 'part': {
      const line = items.find(({ position }) => position === suggestion.position)
      if (!line) throw new Error('an amount was made from an item that is not there')
      const names = { item: line.item, unit: line.unit }
      const label =
        suggestion.kind === 'units'
          ? t('form.units', { ...names, count: formatCount(suggestion.count, locale) })
          : t('form.part', { ...names, of: String(suggestion.of) })
      // English counts the thing by its name; Vietnamese by its unit, with the name below.
      return { label, detail: locale === 'vi' ? line.item : null }
    }
  }
}
