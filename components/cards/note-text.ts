import type { CardNote } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { GiftView } from '@/lib/pledges/model'

/** What a note says: what happened, that nothing was charged, and what to do now. */
export function noteText(locale: Locale, gift: GiftView, note: CardNote): string {
  const t = translator(locale, 'card')
  switch (note) {
    case 'left':
    case 'asked':
    case 'no_key':
      return t(`note.${note}`)
    case 'unreachable':
    case 'paused':
    case 'no_cards':
      return `${t(`note.${note}`, { fund: gift.fund.name })} ${t(`note.${note}${gift.pledged.kind === 'vnd' ? 'Transfer' : 'Foreign'}`)}`
  }
}
