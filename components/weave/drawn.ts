import { band as bandOf, type Band, type Thread } from './band'
import type { PartKind } from './bar'
import { weave, type Grid, type WovenSums } from './cloth'
import { MOTIFS, PLAIN_MOTIF } from './motifs'
import { strokes } from './strokes'

/** Colours that cloth is drawn with where no style sheet of the site reaches. As for the names, see app/styles/tokens.css. */
export interface Dyes {
  threads: Record<Thread, string>
  ground: Record<PartKind, string>
  figure: Record<PartKind, string>
  warp: string
  cross: string
  selvedge: string
  motif: readonly [string, string]
}

/** Rice paper by day: what pictures and badges are made on, whatever stands around them. */
export const DAY_DYES: Dyes = {
  threads: { ground: '#1c2550', cotton: '#f1ead8', turmeric: '#dd9f26', madder: '#bb343c', leaf: '#57a566' },
  ground: { delivered: '#a9c8a2', spent: '#e2ac3d', received: '#f3e5bd' },
  figure: { delivered: '#2f6b3f', spent: '#835100', received: '#b97c0c' },
  warp: '#b3ae9f',
  cross: '#f4f1e6',
  selvedge: '#1c2550',
  motif: ['#1c2550', '#b87a0a'],
}

/** Names of the site's colours, for a page whose own style sheet says what they are by day and by night. */
export const NAMED_DYES: Dyes = {
  threads: {
    ground: 'var(--w-ground)',
    cotton: 'var(--w-cotton)',
    turmeric: 'var(--w-turmeric)',
    madder: 'var(--w-madder)',
    leaf: 'var(--w-leaf)',
  },
  ground: { delivered: 'var(--w-gd)', spent: 'var(--w-gs)', received: 'var(--w-gr)' },
  figure: { delivered: 'var(--w-fd)', spent: 'var(--w-fs)', received: 'var(--w-fr)' },
  warp: 'var(--w-warp)',
  cross: 'var(--paper)',
  selvedge: 'var(--w-selvedge)',
  motif: ['var(--m-1)', 'var(--m-2)'],
}

/**
 * A woven bar as the text of an SVG element, complete in itself.
 * @param attributes of the element, such as its size; its names are told apart by `id`
 */
export function drawnBar(seed: string, sums: WovenSums, grid: Grid, dyes: Dyes, id: string, attributes: string): string {
  const cloth = weave(seed, sums, grid)
  const stretches = cloth.stretches.map(
    ({ kind, clip, columns, repeats }) =>
      `<clipPath id="${id}-${kind}"><path d="${clip}"/></clipPath><g clip-path="url(#${id}-${kind})">` +
      `<path stroke="${dyes.ground[kind]}" stroke-width=".86" d="${columns}"/>` +
      `<path stroke="${dyes.cross}" stroke-width=".16" opacity=".45" d="${cloth.cross}"/>` +
      `<g stroke="${dyes.figure[kind]}" stroke-width=".86">${repeats.map((x) => `<use href="#${id}-f" x="${x}"/>`).join('')}</g></g>`,
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${cloth.viewBox}" fill="none" ${attributes}>` +
    `<defs><path id="${id}-f" d="${cloth.figure}"/></defs>` +
    `<path stroke="${dyes.warp}" stroke-width=".2" d="${cloth.warp}"/>${stretches.join('')}` +
    `<path fill="${dyes.selvedge}" d="${cloth.selvedge}"/></svg>`
  )
}

/**
 * A strip of a band, so many crossings wide and centred on a figure, as the text of an SVG element.
 * @param attributes of the element, such as its size
 */
export function drawnBand(band: Band, cols: number, dyes: Dyes, attributes: string): string {
  const shift = Math.floor(cols / 2)
  const paths = strokes<Thread>(cols, band.rows, (x, y) => {
    const thread = band.at(x - shift, y)
    return thread === 'ground' ? null : thread
  })
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${cols} ${band.rows}" fill="none" stroke-width=".86" ${attributes}>` +
    `<path fill="${dyes.threads.ground}" d="M0 0h${cols}v${band.rows}H0z"/>` +
    [...paths].map(([thread, path]) => `<path stroke="${dyes.threads[thread]}" d="${path}"/>`).join('') +
    '</svg>'
  )
}

/** One repeat of a band that fills whatever width it is given, as the text of an SVG element. */
export function drawnStrip(seed: string, isComplete: boolean, dyes: Dyes, id: string, cell: number): string {
  const band = bandOf(seed, { size: 'slim', complete: isComplete })
  const height = band.rows * cell
  const paths = strokes<Thread>(band.period, band.rows, (x, y) => {
    const thread = band.at(x, y)
    return thread === 'ground' ? null : thread
  })
  return (
    `<svg class="strip" width="100%" height="${height}" fill="none" aria-hidden="true">` +
    `<pattern id="${id}" width="${band.period}" height="${band.rows}" patternUnits="userSpaceOnUse" patternTransform="scale(${cell})translate(-.5 0)">` +
    `<path fill="${dyes.threads.ground}" d="M0 0h${band.period}v${band.rows}H0z"/>` +
    [...paths].map(([thread, path]) => `<path stroke="${dyes.threads[thread]}" stroke-width=".86" d="${path}"/>`).join('') +
    `</pattern><rect width="100%" height="${height}" fill="url(#${id})"/></svg>`
  )
}

/** The motif of a need category as the text of an SVG element. */
export function drawnMotif(category: string, dyes: Dyes, attributes: string): string {
  const half = MOTIFS[category] ?? PLAIN_MOTIF
  const size = half.length
  return drawnMarks(size, dyes, attributes, (x, y) => {
    const mark = half[y]?.[Math.min(x, size - 1 - x)]
    return mark === '#' ? 'first' : mark === 'o' ? 'second' : null
  })
}

/** The mark of the site as the text of an SVG element. */
export function drawnMark(dyes: Dyes, attributes: string): string {
  return drawnMarks(11, dyes, attributes, (x, y) => {
    const ring = Math.abs(x - 5) + Math.abs(y - 5)
    return ring === 0 ? 'second' : ring === 2 || ring === 4 || ring === 5 ? 'first' : null
  })
}

function drawnMarks(size: number, dyes: Dyes, attributes: string, at: (x: number, y: number) => 'first' | 'second' | null): string {
  const paths = strokes(size, size, at)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" fill="none" stroke-width=".86" ${attributes}>` +
    [...paths].map(([thread, path]) => `<path stroke="${dyes.motif[thread === 'first' ? 0 : 1]}" d="${path}"/>`).join('') +
    '</svg>'
  )
}
