import { normalizeAccountNumber } from '../bank/model'
import type { Day } from '../time/day'
import { readDate } from './day'
import { cellOf, findColumns, type Columns } from './headers'
import { BOUNDS, RefusedFile, textOf, type Item, type Mapping, type Refusal, type SheetRow } from './model'
import { problemAt, readRow } from './row'
import { beginSection, type Section } from './section'
import { accountIn, balanceIn, periodIn } from './titles'

/** What is known before a file is read. */
export interface Known {
  /** Numbers of the fund's own accounts. */
  accounts: readonly string[]
  /** Of which account whoever gave the file says it is; null where the file has to say it. */
  givenAccount: string | null
  /** What people said the columns are. */
  mappings: readonly Mapping[]
}

/** What titles said since the last line. */
interface Titles {
  account: string | null
  balances: { which: 'opening' | 'closing'; amountVnd: bigint }[]
  period: { from: Day; to: Day } | null
}

interface OpenSection extends Section {
  lastDay: Day | null
}

/**
 * Reads the rows of a file as statements of bank accounts: finds the headers by their texts below any number of titles,
 * and turns what is below them into lines. Bounded memory, however many rows there are; the same rows give the same
 * items every time.
 * @throws RefusedFile where the file as a whole can't be taken; what was given until then is to be forgotten
 */
export async function* readStatement(rows: AsyncIterable<SheetRow>, known: Known): AsyncGenerator<Item> {
  const reader = createReader(known)
  let current: SheetRow | null = null
  for await (const row of rows) {
    if (current) yield* reader.take(current, row)
    current = row
  }
  if (current) yield* reader.take(current, null)
  yield* reader.end()
}

function createReader(known: Known) {
  let titles: Titles = { account: null, balances: [], period: null }
  let columns: Columns | null = null
  let sheet: string | null = null
  let titleRows = 0
  let skip = 0
  let positions = 0
  let lines = 0
  /** Of a table; by account where a column names it. */
  let open = new Map<string, OpenSection>()
  /** Of the account whose titles were read last, for tables on several pages. */
  let account: string | null = null

  const endSections = (): Item[] => {
    const items = [...open.values()].flatMap((section) => section.end())
    open = new Map()
    return items
  }

  const sectionOf = (row: SheetRow): { section: OpenSection; items: Item[] } => {
    const inColumn = columns?.fields.has('account') ? textOf(cellOf(row, columns, 'account')).trim() : ''
    const number = ownAccount(known, row, inColumn === '' ? account : normalizeAccountNumber(inColumn))
    const there = open.get(number)
    if (there) return { section: there, items: [] }
    positions += 1
    if (positions > BOUNDS.sections) throw new RefusedFile(problemAt<Refusal>(row, 'too_many_sections', null))
    const section = { ...beginSection(positions), lastDay: null }
    open.set(number, section)
    for (const { which, amountVnd } of titles.balances) section.say(which, amountVnd)
    if (titles.period) section.sayPeriod(titles.period)
    return { section, items: [{ kind: 'section', section: { position: positions, accountNumber: number } }] }
  }

  /** Hands what titles said of balances to the lines above them. */
  const sayBalances = (): void => {
    for (const section of open.values()) for (const { which, amountVnd } of titles.balances) section.say(which, amountVnd)
    titles.balances = []
  }

  /** Words between lines: they speak of what is above, until an account or an opening balance begins what is below. */
  const readTitle = (row: SheetRow): void => {
    const named = accountIn(row)
    if (named !== null) {
      sayBalances()
      titles.account = named
    }
    titles.period ??= periodIn(row)
    const balance = balanceIn(row)
    if (balance) titles.balances.push(balance)
    if (titles.account === null && titles.balances.every(({ which }) => which === 'closing')) sayBalances()
  }

  /** Begins a table; where no title says otherwise it goes on with what is above, on another page. */
  const beginTable = (found: Columns): Item[] => {
    const isSamePage = titles.account === null && titles.balances.length === 0 && open.size > 0
    const items = isSamePage ? [] : endSections()
    account = titles.account ?? account
    columns = found
    skip = found.rows - 1
    titleRows = 0
    return items
  }

  const endSheet = (): Item[] => {
    sayBalances()
    const items = endSections()
    titles = { account: null, balances: [], period: null }
    columns = null
    account = null
    return items
  }

  return {
    *take(row: SheetRow, next: SheetRow | null): Generator<Item> {
      if (row.cells.length > BOUNDS.columns) throw new RefusedFile(problemAt<Refusal>(row, 'too_many_columns', null))
      if (skip > 0) {
        skip -= 1
        return
      }
      if (row.cells.every((cell) => cell?.kind !== 'formula' && textOf(cell).trim() === '')) return
      if (row.sheet !== sheet) {
        yield* endSheet()
        sheet = row.sheet
      }
      // A row with a day where lines have theirs is no header; to look at its texts takes longer than to read it.
      const isLine = columns !== null && readDate(cellOf(row, columns, 'posted_on')) !== null
      const found = isLine ? null : findColumns(row, next?.sheet === row.sheet ? next : null, known.mappings)
      if (found) {
        yield* beginTable(found)
        return
      }
      if (!columns) {
        titleRows += 1
        if (titleRows > BOUNDS.titleRows) throw new RefusedFile(problemAt<Refusal>(row, 'no_headers', null))
        readTitle(row)
        return
      }
      const above = [...open.values()].at(-1)
      const sums = above?.sums ?? { inVnd: 0n, outVnd: 0n }
      const read = readRow(row, columns, above?.lastDay ?? null, sums)
      if (read.kind === 'ignored') return
      if (read.kind === 'words') {
        readTitle(row)
        return
      }
      const { section, items } = sectionOf(row)
      yield* items
      if (items.length === 0) sayBalances()
      titles = { account: null, balances: [], period: null }
      lines += 1
      if (read.kind === 'unreadable') {
        yield { kind: 'unreadable', unreadable: { section: section.position, row: row.number, problem: read.problem } }
        return
      }
      section.lastDay = read.day
      yield* section.add(read.group)
    },

    *end(): Generator<Item> {
      const hadColumns = columns !== null
      yield* endSheet()
      if (lines > 0) return
      throw new RefusedFile({ code: hadColumns ? 'no_lines' : titleRows > 0 ? 'no_headers' : 'empty' })
    },
  }
}

/** The account of ours that a table is of. Throws where it is none, or another than was said. */
function ownAccount({ accounts, givenAccount }: Known, row: SheetRow, said: string | null): string {
  if (said === null) {
    if (givenAccount === null) throw new RefusedFile(problemAt<Refusal>(row, 'no_account', null))
    return givenAccount
  }
  const own = accounts.find((number) => number === said) ?? accounts.find((number) => said.startsWith(number) && /^\d+$/.test(number))
  const found = { kind: 'text' as const, text: said }
  if (own === undefined) throw new RefusedFile(problemAt<Refusal>(row, 'foreign_account', found))
  if (givenAccount !== null && own !== givenAccount) throw new RefusedFile(problemAt<Refusal>(row, 'other_account', found))
  return own
}
