import type { ReactNode } from 'react'

export interface Knot {
  key: string
  when: ReactNode
  what: ReactNode
  /** Delivered is leaf green; what is still to come is a hollow knot. */
  kind?: 'leaf' | 'to-come'
}

/** What happened, newest first: the warp runs down, each event a knot. */
export function Timeline({ knots }: { knots: Knot[] }) {
  return (
    <ol className="time">
      {knots.map(({ key, when, what, kind }) => (
        <li key={key} className={kind}>
          <p className="when">{when}</p>
          <div>{what}</div>
        </li>
      ))}
    </ol>
  )
}
