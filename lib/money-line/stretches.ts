/** A stretch [start, end) of đồng on a line. */
export interface Stretch {
  lineId: number
  startVnd: bigint
  endVnd: bigint
}

/** How many đồng stretches hold together. */
export const lengthOf = (stretches: readonly Stretch[]): bigint =>
  stretches.reduce((sum, { startVnd, endVnd }) => sum + endVnd - startVnd, 0n)

/** What of some stretches is left when others are taken away, in order of line and place. The others may reach over. */
export function subtract(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  const left = taken.reduce<Stretch[]>(
    (rest, hole) =>
      rest.flatMap((stretch) => {
        if (hole.lineId !== stretch.lineId || hole.endVnd <= stretch.startVnd || hole.startVnd >= stretch.endVnd) return [stretch]
        return [
          { ...stretch, endVnd: hole.startVnd },
          { ...stretch, startVnd: hole.endVnd },
        ].filter(({ startVnd, endVnd }) => startVnd < endVnd)
      }),
    [...stretches],
  )
  return left.sort(inOrder)
}

/** What of some stretches lies within one. */
export const overlaps = (stretches: readonly Stretch[], within: Stretch): Stretch[] => subtract([within], subtract([within], stretches))

/** The first so many đồng of stretches, or all where there are fewer. */
export function takeFirst(stretches: readonly Stretch[], amountVnd: bigint): Stretch[] {
  const taken: Stretch[] = []
  let left = amountVnd
  for (const stretch of stretches) {
    if (left <= 0n) break
    const endVnd = stretch.endVnd - stretch.startVnd > left ? stretch.startVnd + left : stretch.endVnd
    taken.push({ ...stretch, endVnd })
    left -= endVnd - stretch.startVnd
  }
  return taken
}

/**
 * The last so many đồng of stretches, or all where there are fewer. What goes back to a donor is taken from here: the
 * đồng that would have been used next stay where they are.
 */
export function takeLast(stretches: readonly Stretch[], amountVnd: bigint): Stretch[] {
  const taken: Stretch[] = []
  let left = amountVnd
  for (const stretch of [...stretches].reverse()) {
    if (left <= 0n) break
    const startVnd = stretch.endVnd - stretch.startVnd > left ? stretch.endVnd - left : stretch.startVnd
    taken.unshift({ ...stretch, startVnd })
    left -= stretch.endVnd - startVnd
  }
  return taken
}

/** Stretches as an event tells of them: "[start, end)" of its line, in text, for they may be beyond JSON's numbers. */
export const written = (stretches: readonly Stretch[]): [string, string][] =>
  stretches.map(({ startVnd, endVnd }) => [String(startVnd), String(endVnd)])

/** A stretch with its line, as an event tells of one that is not on the event's own. */
export const named = (stretch: Stretch): [number, string, string] => [stretch.lineId, String(stretch.startVnd), String(stretch.endVnd)]

const inOrder = (a: Stretch, b: Stretch): number => a.lineId - b.lineId || (a.startVnd < b.startVnd ? -1 : a.startVnd > b.startVnd ? 1 : 0)
