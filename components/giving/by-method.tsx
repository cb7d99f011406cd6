import type { CardOffer } from '@/lib/cards/model'

interface Props {
  cards: CardOffer
  transfer: string
  card: string
  /** For browsers whose style sheets can't tell what is chosen; null says both there. */
  either: string | null
}

/** Words that follow the way to pay that is chosen in the form, by style sheet alone. */
export function ByMethod({ cards, transfer, card, either }: Props) {
  if (cards !== 'open') return transfer
  return (
    <>
      {either !== null && <span className="by-either">{either}</span>}
      <span className={either === null ? 'by-transfer' : 'by-transfer only'}>{transfer} </span>
      <span className={either === null ? 'by-card' : 'by-card only'}>{card}</span>
    </>
  )
}
