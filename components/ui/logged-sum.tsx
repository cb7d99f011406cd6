import { cloneElement, Fragment, isValidElement, type ReactNode } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import { formatCount, formatVnd } from '@/lib/money/vnd'

interface Props {
  /** What it sums. Those of one name on a page are the same; "+ spent" is a part of what "spent" sums. */
  of: string
  vnd: bigint
  locale: Locale
  /** Without the sign of đồng, where a table's head has it. */
  isBare?: boolean
}

/**
 * An amount that whoever checks the public log holds against its entries (scripts/verify.mjs): marked by what it is a sum of, so
 * that no other number of the page is taken for it.
 */
export function LoggedSum({ of, vnd, locale, isBare = false }: Props) {
  return (
    <data className="so" value={String(vnd)} data-log={of}>
      {isBare ? formatCount(vnd, locale) : formatVnd(vnd, locale)}
    </data>
  )
}

/** Stands in a text for a sum until that is written: of what, and how much. */
export type PlaceSum = (of: string, vnd: bigint) => string

/** For private use (Unicode): no text has it. */
const EDGE = '\ue000'

/** Collects the sums of a text while it is written; between edges stand their indexes. */
function collect() {
  const sums: { of: string; vnd: bigint }[] = []
  const place: PlaceSum = (of, vnd) => `${EDGE}${sums.push({ of, vnd }) - 1}${EDGE}`
  return { sums, place }
}

/**
 * Words with sums in them, each marked as above.
 * @param props.say writes them: what it is given makes a sum's place in them
 */
export function WithSums({ locale, say }: { locale: Locale; say: (sum: PlaceSum) => ReactNode }) {
  const { sums, place } = collect()
  const fill = (node: ReactNode): ReactNode => {
    if (typeof node === 'string') {
      return node.split(EDGE).map((text, index) => {
        const sum = index % 2 === 1 ? sums[Number(text)] : undefined
        return <Fragment key={index}>{sum ? <LoggedSum {...sum} locale={locale} /> : text}</Fragment>
      })
    }
    if (Array.isArray(node)) return node.map((one: ReactNode, index) => <Fragment key={index}>{fill(one)}</Fragment>)
    return isValidElement<{ children?: ReactNode }>(node) ? cloneElement(node, undefined, fill(node.props.children)) : node
  }
  return fill(say(place))
}

/** What is read aloud in place of a drawing, with what its sums are. */
export interface SaidLabel {
  'aria-label': string
  'data-log-label'?: string
}

/**
 * A label with sums in it, each named as above in the label's own order.
 * @param say writes it, as above
 */
export function labelWithSums(locale: Locale, say: (sum: PlaceSum) => string): SaidLabel {
  const { sums, place } = collect()
  const named: string[] = []
  const label = say(place).split(EDGE)
  const text = label.map((part, index) => {
    const sum = index % 2 === 1 ? sums[Number(part)] : undefined
    if (sum) named.push(sum.of)
    return sum ? formatVnd(sum.vnd, locale) : part
  })
  return { 'aria-label': text.join(''), ...(named.length > 0 ? { 'data-log-label': named.join(',') } : {}) }
}
