import { describe, expect, test } from 'vitest'
import { gather } from './gather'

/** Work that ends when it is told to, and remembers its batches. */
function bench(limits: { atOnce: number; most: number }) {
  const batches: number[][] = []
  const ends: (() => void)[] = []
  const ask = gather<number, string>(async (items) => {
    batches.push([...items])
    await new Promise<void>((resolve) => ends.push(resolve))
    return items.map((item) =>
      item < 0 ? { status: 'rejected', reason: new Error(`${item}`) } : { status: 'fulfilled', value: `done ${item}` },
    )
  }, limits)
  return { batches, ask, end: () => ends.shift()?.() }
}

/** Two turns: one in which what was asked for begins, one in which it is seen. */
const turn = async () => {
  for (let index = 0; index < 2; index++) await new Promise((resolve) => setImmediate(resolve))
}

describe('what is asked for', () => {
  test('alone is done at once', async () => {
    const { batches, ask, end } = bench({ atOnce: 1, most: 10 })
    const asked = ask([1, 2])
    await turn()
    expect(batches).toEqual([[1, 2]])
    end()
    expect(await asked).toEqual([
      { status: 'fulfilled', value: 'done 1' },
      { status: 'fulfilled', value: 'done 2' },
    ])
  })

  test('while a batch is under way waits, and goes together in the next, in the order asked for', async () => {
    const { batches, ask, end } = bench({ atOnce: 1, most: 10 })
    const asked = [ask([1])]
    await turn()
    for (const item of [2, 3, 4]) asked.push(ask([item]))
    await turn()
    expect(batches).toEqual([[1]])
    end()
    await turn()
    expect(batches).toEqual([[1], [2, 3, 4]])
    end()
    expect((await Promise.all(asked)).flat()).toMatchObject([1, 2, 3, 4].map((item) => ({ value: `done ${item}` })))
  })

  test('by several in one turn is shared out among the batches that may begin', async () => {
    const { batches, ask } = bench({ atOnce: 2, most: 10 })
    for (const item of [1, 2, 3, 4, 5]) void ask([item])
    await turn()
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  test('by one caller stays together, and no batch is larger than it may be unless one caller alone is', async () => {
    const { batches, ask, end } = bench({ atOnce: 1, most: 3 })
    for (const items of [[1], [2, 3], [4, 5], [6, 7, 8, 9], [10]]) void ask(items)
    for (let index = 0; index < 4; index++) {
      await turn()
      end()
    }
    expect(batches).toEqual([[1, 2, 3], [4, 5], [6, 7, 8, 9], [10]])
  })

  test('has the outcome of its own, be it a failure', async () => {
    const { ask, end } = bench({ atOnce: 1, most: 10 })
    const asked = [ask([1]), ask([-2, 3]), ask([4])]
    await turn()
    end()
    expect((await Promise.all(asked)).map((outcomes) => outcomes.map(({ status }) => status))).toEqual([
      ['fulfilled'],
      ['rejected', 'fulfilled'],
      ['fulfilled'],
    ])
  })

  test('never has more batches under way than allowed', async () => {
    let underWay = 0
    let most = 0
    const ask = gather<number, number>(
      async (items) => {
        most = Math.max(most, (underWay += 1))
        await turn()
        underWay -= 1
        return items.map((value) => ({ status: 'fulfilled', value }))
      },
      { atOnce: 2, most: 4 },
    )
    const asked = Array.from({ length: 300 }, async (_, item) => {
      for (let wait = item % 7; wait > 0; wait--) await turn()
      return ask([item])
    })
    const outcomes = (await Promise.all(asked)).flat()
    expect(outcomes).toEqual(Array.from({ length: 300 }, (_, value) => ({ status: 'fulfilled', value })))
    expect(most).toBe(2)
  })
})
