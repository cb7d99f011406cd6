/** Does items that belong together, in the order given and in one batch. @returns the outcome of each, or the reason why it has none */
export type Gathered<Item, Outcome> = (items: readonly Item[]) => Promise<PromiseSettledResult<Outcome>[]>

interface Caller<Item, Outcome> {
  items: readonly Item[]
  resolve: (outcomes: PromiseSettledResult<Outcome>[]) => void
}

/**
 * Gathers what many callers bring while batches are under way, and does it in the next: the more is asked for at once,
 * the less each costs. What comes alone is done at once.
 * @param work does a batch; never rejects
 * @param atOnce most batches under way; what waits is shared out among those that may begin
 * @param most items of a batch, unless one caller brings more
 */
export function gather<Item, Outcome>(
  work: Gathered<Item, Outcome>,
  { atOnce, most }: { atOnce: number; most: number },
): Gathered<Item, Outcome> {
  let waiting: Caller<Item, Outcome>[] = []
  let underWay = 0
  let isPlanned = false

  const takeShare = (): Caller<Item, Outcome>[] => {
    const share = Math.min(most, Math.ceil(sizeOf(waiting) / (atOnce - underWay)))
    let size = 0
    const end = waiting.findIndex(({ items }, index) => (size += items.length) > share && index > 0)
    const taken = waiting.slice(0, end < 0 ? undefined : end)
    waiting = waiting.slice(taken.length)
    return taken
  }
  const begin = async (callers: Caller<Item, Outcome>[]): Promise<void> => {
    underWay += 1
    const outcomes = await work(callers.flatMap(({ items }) => items))
    underWay -= 1
    plan()
    let done = 0
    for (const { items, resolve } of callers) resolve(outcomes.slice(done, (done += items.length)))
  }
  /** Begins after this turn of the event loop, so that all that arrives in it goes together. */
  const plan = (): void => {
    if (isPlanned) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      while (waiting.length > 0 && underWay < atOnce) void begin(takeShare())
    })
  }

  return (items) =>
    new Promise((resolve) => {
      waiting.push({ items, resolve })
      plan()
    })
}

const sizeOf = (callers: readonly { items: readonly unknown[] }[]): number => callers.reduce((sum, { items }) => sum + items.length, 0)
