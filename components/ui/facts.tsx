import type { ReactNode } from 'react'

export interface Fact {
  key: string
  term: ReactNode
  value: ReactNode
  /** One large figure a block. */
  isBig?: boolean
  /** The term is heard, not seen. */
  isTermHidden?: boolean
}

/** A block of facts under one heavy rule. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ key, term, value, isBig, isTermHidden }) => (
        <div key={key}>
          <dt {...(isTermHidden ? { className: 'vh' } : {})}>{term}</dt>
          <dd {...(isBig ? { className: 'big' } : {})}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
