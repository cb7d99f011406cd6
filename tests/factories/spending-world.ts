import { asc, eq } from 'drizzle-orm'
import { events, intervals, lineUses, receivingAccounts } from '../../db/schema'
import { fundLine } from '../../lib/ledger/books'
import { sequencePending } from '../../lib/sequencer/sequence'
import type { TestContext } from '../setup/context'
import { NaiveLine } from './naive-line'
import { makeCampaign, type MadeCampaign } from './site'

let keys = 0
/** A key that nothing had before. */
export const nextKey = (what: string): string => `${what}${(keys += 1)}`

export const pick = <T>(all: readonly T[], index: number): T | undefined => (all.length === 0 ? undefined : all[index % all.length])

/** A spend as a child would keep it. */
export interface NaiveSpend {
  id: bigint
  line: number
  items: { units: number; amount: number; delivered: number; from: number }[]
  amount: number
  paid: number
  state: 'requested' | 'approved' | 'paid' | 'ended'
  /** What buyers were handed of it, and hold. */
  advances: { id: bigint; out: number }[]
  hasInvoice: boolean
  /** Places in the spend that the supplier gave back. */
  back: Set<number>
}

/** A small world: two campaigns and the fund's pots, told to the product and to naive lines alike. */
export class World {
  readonly lines = new Map<number, NaiveLine>()
  readonly spends: NaiveSpend[] = []
  readonly gifts: { id: bigint; name: string; line: number; laid: boolean; amount: number }[] = []
  readonly holds: { eventId: bigint; name: string; donationId: bigint }[] = []
  waiting: (() => void)[] = []
  constructor(
    readonly context: TestContext,
    /** What histories came to. */
    readonly reached: Map<string, number>,
    /** Codes of the gifts whose donors are named, of earlier histories in this database too. */
    readonly named: Map<string, string>,
    readonly campaigns: MadeCampaign[],
    readonly pots: { unplaced: number; general: number; reserve: number },
    readonly fundId: number,
    readonly commune: string,
  ) {
    for (const id of [...campaigns.map(({ lineId }) => lineId), ...Object.values(pots)]) this.lines.set(id, new NaiveLine())
  }

  line(id: number): NaiveLine {
    const line = this.lines.get(id)
    if (!line) throw new Error(`no line ${id}`)
    return line
  }

  reach(what: string, times = 1): void {
    this.reached.set(what, (this.reached.get(what) ?? 0) + times)
  }

  all(): NaiveLine['cells'] {
    return [...this.lines.values()].flatMap(({ cells }) => cells)
  }

  /** What came in has its place when it is sequenced. */
  async sequence(): Promise<void> {
    await sequencePending(this.context.db, this.context.now())
    for (const lay of this.waiting) lay()
    this.waiting = []
  }
}

/** Two campaigns and the fund's pots, which live on from history to history: what is there already belongs to "before". */
export async function newWorld(context: TestContext, reached: Map<string, number>, named: Map<string, string>): Promise<World> {
  const suffix = nextKey('')
  const slugs = [
    await makeCampaign(context, { slug: `mot-${suffix}`, goalVnd: 10n ** 9n, neededBy: '2099-12-31' }),
    await makeCampaign(context, { slug: `hai-${suffix}`, category: 'hoc-bong', goalVnd: 10n ** 9n, neededBy: '2099-12-31' }),
  ]
  const [row] = await context.db
    .select({ fundId: receivingAccounts.fundId })
    .from(receivingAccounts)
    .where(eq(receivingAccounts.alias, 'ha-noi 01'))
  const fundId = row?.fundId ?? 0
  const [unplaced, general, reserve] = [
    await fundLine(context.db, fundId, 'unplaced'),
    await fundLine(context.db, fundId, 'general'),
    await fundLine(context.db, fundId, 'reserve'),
  ]
  const world = new World(context, reached, named, slugs, { unplaced, general, reserve }, fundId, 'ba-vi')
  await seed(world)
  return world
}

/** Lines of the fund keep what earlier histories left there: the naive ones begin with the same. */
async function seed(world: World): Promise<void> {
  for (const pot of Object.values(world.pots)) {
    const line = world.line(pot)
    const rows = await world.context.db.select().from(intervals).where(eq(intervals.lineId, pot)).orderBy(asc(intervals.startVnd))
    const used = await world.context.db
      .select({ start: lineUses.startVnd, end: lineUses.endVnd, kind: events.kind })
      .from(lineUses)
      .innerJoin(events, eq(events.id, lineUses.eventId))
      .where(eq(lineUses.lineId, pot))
    for (const row of rows) line.receive(`before ${row.donationId}`, Number(row.endVnd - row.startVnd))
    for (const use of used) for (const cell of line.cells.slice(Number(use.start), Number(use.end))) cell.state = 'moved'
  }
}
