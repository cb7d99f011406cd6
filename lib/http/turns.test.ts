import { expect, test } from 'vitest'
import { createTurns } from './turns'

/** Turns whose works end when they are told to, and in which order they began. */
function line(ofAll: number, ofOne: number, waiting = 100, waitingOfOne = 100) {
  const turns = createTurns({ most: { ofAll, ofOne }, mostWaiting: { ofAll: waiting, ofOne: waitingOfOne } })
  const began: string[] = []
  const ends: (() => void)[] = []
  const come = (crowd: string | null) =>
    turns.take(crowd, () => {
      began.push(crowd ?? 'nobody')
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
  return { turns, began, come, settle, end: () => ends.shift()?.() }
}

test('as many work at the same time as there is room for', async () => {
  const { began, come, settle, end, turns } = line(2, 2)
  const done = [come('a'), come('b'), come('c')]
  await settle()
  expect(began).toEqual(['a', 'b'])
  expect(turns.isBusy()).toBe(true)
  end()
  await settle()
  expect(began).toEqual(['a', 'b', 'c'])
  end()
  end()
  for (const taken of done) await taken
  expect(turns.isBusy()).toBe(false)
})

test('one crowd leaves room for another, however many it is', async () => {
  const { began, come, settle, end } = line(4, 3)
  for (let index = 0; index < 50; index++) void come('crowd')
  await settle()
  expect(began).toEqual(['crowd', 'crowd', 'crowd'])
  void come('other')
  void come('another')
  await settle()
  expect(began.slice(3)).toEqual(['other'])
  end()
  await settle()
  // What stood in the common line comes before the rest of the crowd.
  expect(began.slice(4, 5)).toEqual(['another'])
})

test('whoever comes when too many wait is told so, of a crowd sooner than of all', async () => {
  const { come, settle, end } = line(2, 1, 4, 2)
  const crowd = Array.from({ length: 5 }, () => come('crowd'))
  expect(crowd.map((taken) => taken !== null)).toEqual([true, true, true, false, false])
  const others = ['a', 'b', 'c', 'd', null].map((name) => come(name))
  expect(others.map((taken) => taken !== null)).toEqual([true, true, true, false, false])
  for (let index = 0; index < 6; index++) {
    await settle()
    end()
  }
  for (const taken of [...crowd, ...others]) await taken
  expect(come('crowd')).not.toBeNull()
})

test('a work that fails makes room as well', async () => {
  const turns = createTurns({ most: { ofAll: 1, ofOne: 1 }, mostWaiting: { ofAll: 0, ofOne: 0 } })
  await expect(turns.take('a', () => Promise.reject(new Error('no database')))).rejects.toThrow('no database')
  await expect(turns.take('a', () => Promise.resolve('well'))).resolves.toBe('well')
})
