import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawMap, LABEL_HEIGHT, LABEL_WIDTH, spread } from './map'

const square = (x: number, y: number, size: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ],
  ],
})

const overlap = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.abs(a.x - b.x) < LABEL_WIDTH - 0.3 && Math.abs(a.y - b.y) < LABEL_HEIGHT - 0.3

describe('drawMap', () => {
  it('draws nothing of nothing', () => {
    expect(drawMap([], 340)).toEqual({ width: 340, height: 0, shapes: [] })
  })

  it('keeps north up, east right, and shapes true', () => {
    const map = drawMap(
      [
        { key: 'south-west', boundary: square(108, 11, 0.5) },
        { key: 'north-east', boundary: square(109, 12, 0.5) },
      ],
      340,
    )
    const [southWest, northEast] = map.shapes
    expect(southWest?.centre.x).toBeLessThan(northEast?.centre.x ?? 0)
    expect(southWest?.centre.y).toBeGreaterThan(northEast?.centre.y ?? 0)
    // One and a half degrees each way: narrower than high by the cosine of the latitude.
    expect((map.width - 16) / (map.height - 16)).toBeCloseTo(Math.cos((11.75 * Math.PI) / 180), 1)
  })

  it('writes paths with one decimal, holes and parts included', () => {
    const outer = square(105, 21, 1).coordinates[0] ?? []
    const hole = square(105.2, 21.2, 0.2).coordinates[0] ?? []
    const map = drawMap(
      [{ key: 'a', boundary: { type: 'MultiPolygon', coordinates: [[outer, hole], square(107, 21, 0.3).coordinates] } }],
      340,
    )
    const path = map.shapes[0]?.path ?? ''
    expect(path.match(/M/g)).toHaveLength(3)
    expect(path).not.toMatch(/\.\d\d/)
  })
})

describe('spread', () => {
  it('moves no label that has room', () => {
    const points = [
      { x: 50, y: 50 },
      { x: 120, y: 50 },
      { x: 50, y: 120 },
    ]
    expect(spread(points, { width: 300, height: 300 })).toEqual(points)
  })

  it('parts crowded labels and keeps them inside the frame', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) })
    fc.assert(
      fc.property(fc.array(point, { maxLength: 16 }), (points) => {
        const places = spread(points, { width: 300, height: 300 })
        for (const [index, a] of places.entries()) {
          expect(a.x).toBeGreaterThanOrEqual(0)
          expect(a.y).toBeLessThanOrEqual(300)
          for (const b of places.slice(index + 1)) expect(overlap(a, b)).toBe(false)
        }
      }),
    )
  })
})
