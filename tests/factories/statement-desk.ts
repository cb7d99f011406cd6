import { asc, eq } from 'drizzle-orm'
import { bankTransactions, donations, receivingAccounts, statementFiles, statementLines } from '../../db/schema'
import type { FileContext } from '../../lib/context'
import { acceptFile, giveFile } from '../../lib/statements/commands'
import { storeFile } from '../../lib/statements/store'
import { workOnStatements } from '../../lib/statements/work'
import type { TestContext } from '../setup/context'
import { ACCOUNTS, makeFunds, value } from './site'
import { someLines, type MadeLine } from './statements'

/** Lines in a month of their own, so that tests do not meet. */
interface MonthOfLines {
  lines: MadeLine[]
  /** Their sums, in đồng, whichever way they went. */
  sums: number[]
  /** Which month it is, from one on: the second line's reference is `M${month}R1`. */
  month: number
  /** A day of that month. */
  day: (day: number) => string
}

/** A file, in pieces as a browser sends it. */
export async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1_000) yield await Promise.resolve(bytes.subarray(at, at + 1_000))
}

/** An accountant of Hà Nội who brings statements of its account, and looks at what becomes of them. */
export class StatementDesk {
  #month = 0

  private constructor(
    readonly context: TestContext & FileContext,
    readonly fundId: number,
    readonly accountId: number,
  ) {}

  /** Makes the funds, with nothing given to them. */
  static async open(context: TestContext & FileContext): Promise<StatementDesk> {
    await makeFunds(context)
    const [account] = await context.db.select().from(receivingAccounts).where(eq(receivingAccounts.accountNumber, ACCOUNTS['ha-noi']))
    if (!account) throw new Error('no account')
    return new StatementDesk(context, account.fundId, account.id)
  }

  /** Gives a file, and has everything done that needs no person. */
  async give(bytes: Buffer, { account = null as number | null, key = String(Math.random()) } = {}): Promise<bigint> {
    const stored = value(await storeFile(this.context, inPieces(bytes)))
    const said = { fundId: this.fundId, name: 'sao ke.xlsx', receivingAccountId: account, idempotencyKey: key, by: 'an' }
    const fileId = value(await giveFile(this.context, { ...stored, ...said }))
    await this.work()
    return fileId
  }

  /** Has everything done that needs no person; what fails there is thrown. */
  async work(): Promise<void> {
    const errors: unknown[] = []
    await workOnStatements(this.context, (_fileId, error) => errors.push(error))
    if (errors.length > 0) throw errors[0]
  }

  /** Accepts a file, and has it booked. @param despite why, although lines of it contradict */
  async accept(fileId: bigint, despite: string | null = null): ReturnType<typeof acceptFile> {
    const accepted = await acceptFile(this.context, { fundId: this.fundId, fileId, by: 'an', despite })
    await this.work()
    return accepted
  }

  async fileAt(id: bigint): Promise<typeof statementFiles.$inferSelect> {
    const [file] = await this.context.db.select().from(statementFiles).where(eq(statementFiles.id, id))
    if (!file) throw new Error('no file')
    return file
  }

  /** What each line of a file was found to be, in its order. */
  async kindsOf(fileId: bigint): Promise<(typeof statementLines.$inferSelect.kind)[]> {
    const lines = await this.context.db
      .select({ kind: statementLines.kind })
      .from(statementLines)
      .where(eq(statementLines.fileId, fileId))
      .orderBy(asc(statementLines.number))
    return lines.map(({ kind }) => kind)
  }

  /** Bank lines of a sum, with the gift each became. */
  booked(amountVnd: number) {
    return this.context.db
      .select({
        ...{ provider: bankTransactions.provider, state: bankTransactions.state, postedOn: bankTransactions.postedOn },
        ...{ giftVnd: donations.amountVnd, transactedAt: bankTransactions.transactedAt },
      })
      .from(bankTransactions)
      .leftJoin(donations, eq(donations.bankTransactionId, bankTransactions.id))
      .where(eq(bankTransactions.amountVnd, BigInt(amountVnd)))
      .orderBy(asc(bankTransactions.id))
  }

  /** Lines in a month of their own, with sums and references of their own. */
  linesOfMonth(): MonthOfLines {
    const month = (this.#month += 1)
    const prefix = `${2010 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
    const lines = someLines().map(({ feeVnd: _fee, vatVnd: _vat, ...line }, index) => ({
      ...line,
      ...{ day: line.day.replace('2026-11', prefix), amountVnd: line.amountVnd + month, reference: `M${month}R${index}` },
    }))
    return {
      ...{ lines, month, sums: lines.map(({ amountVnd }) => Math.abs(amountVnd)) },
      day: (day) => `${prefix}-${String(day).padStart(2, '0')}`,
    }
  }
}
