import type { CardNote } from '@/lib/cards/model'
import type { Locale } from '@/lib/i18n/locale'
import type { GiftView } from '@/lib/pledges/model'
import { noteText } from './note-text'

/** At the head of a gift's page: what came of the way to the card company. */
export function CardTold({ locale, gift, note }: { locale: Locale; gift: GiftView; note: CardNote }) {
  return (
    <div className="told near" role="status">
      <p>{noteText(locale, gift, note)}</p>
    </div>
  )
}
