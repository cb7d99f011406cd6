import type { ReactNode } from 'react'
import { Motif } from '@/components/weave/motif'
import type { Locale } from '@/lib/i18n/locale'
import { DensityLegend } from './levels'

interface Props<Row> {
  locale: Locale
  title: ReactNode
  text: ReactNode
  caption: ReactNode
  /** Heads the column of communes. */
  head: ReactNode
  categories: readonly { key: string; name: string }[]
  /** Sums at which a cell is drawn denser. */
  steps: readonly bigint[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** The commune's name, or a link to it. */
  rowHead: (row: Row) => ReactNode
  cell: (row: Row, category: { key: string; name: string }) => ReactNode
  className?: string
}

/** Communes × kinds of need as heat: what a cell says, and where it leads, is its page's. */
export function HeatFrame<Row>({
  locale,
  title,
  text,
  caption,
  head,
  categories,
  steps,
  rows,
  rowKey,
  rowHead,
  cell,
  className,
}: Props<Row>) {
  return (
    <section className={className} aria-labelledby="bang-nhiet">
      <h2 id="bang-nhiet">{title}</h2>
      <p className="quiet">{text}</p>
      <DensityLegend steps={steps} locale={locale} />
      <table className="heat near2">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {categories.map(({ key, name }) => (
              <th key={key} scope="col" title={name}>
                <Motif category={key} />
                <span className="vh">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              <th scope="row">{rowHead(row)}</th>
              {categories.map((category) => (
                <td key={category.key}>{cell(row, category)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
