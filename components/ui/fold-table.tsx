import type { ReactNode } from 'react'

export interface Column<Row> {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** A number: to the right, never broken. */
  isNumber?: boolean
  /** Names the row. */
  isRowHead?: boolean
  /** Spoken before the value where the table is folded and its head is out of sight. */
  fold?: string
  /** Room in the folded row: a whole line, or what is left of one. */
  room?: 'wide' | 'grow'
  className?: string
}

interface Props<Row> {
  caption: ReactNode
  isCaptionHidden?: boolean
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  rowId?: (row: Row) => string
  /** Sums under the rows, by column key; the first is the head of that row. */
  total?: Record<string, ReactNode>
  /** Folds into three sums side by side instead of a flowing line. */
  isCells?: boolean
  className?: string
}

/**
 * A table that stays readable at 360 px: there each row becomes two or three lines. The roles are
 * written out because a table whose `display` changes loses them.
 */
export function FoldTable<Row>({ caption, isCaptionHidden = true, columns, rows, rowKey, rowId, total, isCells, className }: Props<Row>) {
  const shape = ({ isNumber, room, className: own }: Column<Row>) =>
    [isNumber ? 'n' : '', room ?? '', own ?? ''].filter(Boolean).join(' ') || undefined
  return (
    <table role="table" className={['fold', isCells ? 'cells' : '', className ?? ''].filter(Boolean).join(' ')}>
      <caption className={isCaptionHidden ? 'vh' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={shape(column)}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" id={rowId?.(row)}>
            {columns.map((column) =>
              column.isRowHead ? (
                <th key={column.key} role="rowheader" scope="row" className={shape(column)} data-l={column.fold}>
                  {column.cell(row)}
                </th>
              ) : (
                <td key={column.key} role="cell" className={shape(column)} data-l={column.fold}>
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
      {total && (
        <tfoot role="rowgroup">
          <tr role="row">
            {columns.map((column, index) =>
              index === 0 ? (
                <th key={column.key} role="rowheader" scope="row" className={shape(column)}>
                  {total[column.key]}
                </th>
              ) : (
                <td
                  key={column.key}
                  role="cell"
                  className={shape(column)}
                  data-l={total[column.key] === undefined ? undefined : column.fold}
                >
                  {total[column.key]}
                </td>
              ),
            )}
          </tr>
        </tfoot>
      )}
    </table>
  )
}
