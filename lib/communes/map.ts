import { geoIdentity, geoPath, type GeoPermissibleObjects } from 'd3-geo'

/** GeoJSON geometry of a boundary, longitude before latitude. */
export interface MapGeometry {
  type: 'Polygon' | 'MultiPolygon'
  coordinates: number[][][] | number[][][][]
}

/** A commune to draw. */
export interface MapUnit {
  key: string
  boundary: MapGeometry
}

/** A commune as drawn, in units of the map's own width. */
export interface MapShape {
  key: string
  path: string
  /** The middle of the area, to which a moved label points. */
  centre: Point
  label: Point
  /** The label had to leave its place far enough to need a line back to it. */
  isMoved: boolean
}

export interface DrawnMap {
  width: number
  height: number
  shapes: MapShape[]
}

interface Point {
  x: number
  y: number
}

/** Labels are links: no two come nearer than this, so that a fingertip meets one of them (WCAG 2.2, 2.5.8). */
export const LABEL_WIDTH = 26
export const LABEL_HEIGHT = 24
const MARGIN = 8
const LEADER_FROM = 12
const MOST_TURNS = 400

/**
 * Draws boundaries as SVG paths: an equirectangular projection true to scale at the middle latitude, which over
 * one province differs from any better one by less than the width of a line.
 * @param width of the drawing; the height follows from the shapes
 * @returns paths with one decimal, and places for labels that do not cover each other
 */
export function drawMap(units: readonly MapUnit[], width: number): DrawnMap {
  if (units.length === 0) return { width, height: 0, shapes: [] }
  const latitudes = units.flatMap(({ boundary }) =>
    polygonsOf(boundary)
      .flat(2)
      .map(([, latitude = 0]) => latitude),
  )
  const shrink = Math.cos((((Math.min(...latitudes) + Math.max(...latitudes)) / 2) * Math.PI) / 180)
  const flat = units.map(({ key, boundary }) => ({ key, geometry: squeezed(polygonsOf(boundary), shrink) }))
  const all: GeoPermissibleObjects = { type: 'GeometryCollection', geometries: flat.map(({ geometry }) => geometry) }
  const projection = geoIdentity().reflectY(true)
  const draw = geoPath(projection).digits(1)
  const [[left, top], [right, bottom]] = draw.bounds(all)
  const scale = (width - 2 * MARGIN) / (right - left)
  projection.scale(scale).translate([MARGIN - scale * left, MARGIN - scale * top])
  const height = Math.ceil((bottom - top) * scale + 2 * MARGIN)
  const centres = flat.map(({ geometry }) => {
    const [cx, cy] = draw.centroid(geometry)
    return { x: round(cx), y: round(cy) }
  })
  const labels = spread(centres, { width, height })
  return {
    width,
    height,
    shapes: flat.map(({ key, geometry }, index) => {
      const centre = centres[index] ?? { x: 0, y: 0 }
      const label = labels[index] ?? centre
      return { key, path: draw(geometry) ?? '', centre, label, isMoved: Math.hypot(label.x - centre.x, label.y - centre.y) > LEADER_FROM }
    }),
  }
}

/**
 * Moves points apart until boxes of a label's size around them no longer overlap, and keeps them inside the frame.
 * The same points give the same places.
 */
export function spread(points: readonly Point[], frame: { width: number; height: number }): Point[] {
  const places = points.map(({ x, y }) => ({ x, y }))
  let overlaps = true
  for (let turn = 0; overlaps && turn < MOST_TURNS; turn++) {
    overlaps = false
    for (const place of places) {
      place.x = clamp(place.x, LABEL_WIDTH / 2, frame.width - LABEL_WIDTH / 2)
      place.y = clamp(place.y, LABEL_HEIGHT / 2, frame.height - LABEL_HEIGHT / 2)
    }
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) overlaps = part(a, b) || overlaps
    }
  }
  return places.map(({ x, y }) => ({ x: round(x), y: round(y) }))
}

/** Moves two overlapping labels the shorter way apart, half of it each. */
function part(a: Point, b: Point): boolean {
  const overlapX = LABEL_WIDTH - Math.abs(b.x - a.x)
  const overlapY = LABEL_HEIGHT - Math.abs(b.y - a.y)
  if (overlapX <= 0.05 || overlapY <= 0.05) return false
  const axis = overlapX < overlapY ? 'x' : 'y'
  const step = (Math.min(overlapX, overlapY) / 2 + 0.05) * (b[axis] < a[axis] ? -1 : 1)
  a[axis] -= step
  b[axis] += step
  return true
}

function squeezed(polygons: number[][][][], shrink: number): { type: 'MultiPolygon'; coordinates: number[][][][] } {
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) => rings.map((ring) => ring.map(([longitude = 0, latitude = 0]) => [longitude * shrink, latitude]))),
  }
}

const round = (value: number): number => Math.round(value * 10) / 10
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high))

const isPolygon = (coordinates: MapGeometry['coordinates']): coordinates is number[][][] => typeof coordinates[0]?.[0]?.[0] === 'number'

const polygonsOf = ({ coordinates }: MapGeometry): number[][][][] => (isPolygon(coordinates) ? [coordinates] : coordinates)
