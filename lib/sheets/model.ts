import type { Result } from '../result'

/** Why a file is not read: more bytes or rows than allowed, neither a workbook nor a text, or broken. */
export type SheetRefusal = 'too_large' | 'too_many_rows' | 'not_a_sheet' | 'damaged'

/** The numbers a person sees beside the rows of a sheet begin with 1. */
export interface SheetRow {
  row: number
  cells: string[]
}

/** How much of a file is read. */
export interface SheetBounds {
  mostBytes: number
  mostRows: number
}

/**
 * Reads the first sheet of an .xlsx or .xls workbook. The server gives it with its context, since it starts a thread of
 * its own, which pages are not built for.
 */
export type ReadWorkbook = (bytes: Uint8Array, bounds: SheetBounds) => Promise<Result<SheetRow[], SheetRefusal>>
