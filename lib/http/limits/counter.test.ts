import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Counter } from './counter'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

test('points are counted for each key, and given back no further than nothing', () => {
  const counter = new Counter({ points: 10, seconds: 60 })
  counter.add('a', 3)
  counter.add('a', 4)
  counter.add('b', 1)
  expect([counter.count('a'), counter.count('b'), counter.count('c')]).toEqual([7, 1, 0])
  counter.add('a', -9)
  counter.add('c', -1)
  expect([counter.count('a'), counter.count('c'), counter.size]).toEqual([0, 0, 2])
})

test('counting begins anew after the time, counted from the first', () => {
  const counter = new Counter({ points: 10, seconds: 5 })
  counter.add('a', 5)
  vi.advanceTimersByTime(4_001)
  counter.add('a', 1)
  expect([counter.count('a'), counter.secondsLeft('a')]).toEqual([6, 1])
  vi.advanceTimersByTime(999)
  expect(counter.count('a')).toBe(0)
  counter.add('a', 1)
  expect(counter.count('a')).toBe(1)
})

test('what is over is forgotten, and of too many keys those that began first', () => {
  const counter = new Counter({ points: 10, seconds: 5 }, 3)
  for (const key of ['a', 'b', 'c', 'd']) counter.add(key, 1)
  expect([counter.size, counter.count('a'), counter.count('d')]).toEqual([3, 0, 1])
  vi.advanceTimersByTime(5_000)
  counter.add('e', 1)
  expect(counter.size).toBe(1)
})
