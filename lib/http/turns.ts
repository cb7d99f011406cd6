import pLimit, { type LimitFunction } from 'p-limit'

export interface TurnsOptions {
  /** Works at the same time, of everybody and of one crowd. */
  most: { ofAll: number; ofOne: number }
  /** Works that may wait for that. */
  mostWaiting: { ofAll: number; ofOne: number }
}

export interface Turns {
  /**
   * Works when there is room. So few of one crowd stand in the common line at a time that others come between them.
   * @param crowd who asks; null where nobody is told from anybody
   * @returns null where too many wait already
   */
  take: <T>(crowd: string | null, work: () => Promise<T>) => Promise<T> | null
  /** Whether whoever comes now would have to wait. */
  isBusy: () => boolean
}

/** Lets few work at the same time, and nobody use up all the room. */
export function createTurns({ most, mostWaiting }: TurnsOptions): Turns {
  const all = pLimit(most.ofAll)
  const crowds = new Map<string, { line: LimitFunction; inside: number }>()
  let inside = 0

  const enter = (name: string | null): { work: <T>(turn: () => Promise<T>) => Promise<T>; leave: () => void } | null => {
    if (inside >= most.ofAll + mostWaiting.ofAll) return null
    if (name === null) return { work: (turn) => turn(), leave: () => undefined }
    const crowd = crowds.get(name) ?? { line: pLimit(most.ofOne), inside: 0 }
    if (crowd.inside >= most.ofOne + mostWaiting.ofOne) return null
    crowd.inside += 1
    crowds.set(name, crowd)
    return {
      work: (turn) => crowd.line(turn),
      leave() {
        crowd.inside -= 1
        if (crowd.inside === 0) crowds.delete(name)
      },
    }
  }

  return {
    take(name, work) {
      const place = enter(name)
      if (!place) return null
      inside += 1
      return place
        .work(() => all(work))
        .finally(() => {
          inside -= 1
          place.leave()
        })
    },
    isBusy: () => inside >= most.ofAll,
  }
}
