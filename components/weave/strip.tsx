import { type Band } from './band'
import { strokes } from './strokes'

/** The threads of a stretch of band, ground left out. */
function BandThreads({ band, cols, shift = 0 }: { band: Band; cols: number; shift?: number }) {
  const paths = strokes(cols, band.rows, (x, y) => {
    const thread = band.at(x + shift, y)
    return thread === 'ground' ? null : thread
  })
  return [...paths].map(([thread, path]) => <path key={thread} className={`t-${thread}`} d={path} />)
}

/**
 * A strip that tiles to any width, centred on a figure, in whole pixels: for heads and feet of pages.
 * `id` names its pattern and stands once a page.
 */
export function BandStrip({ band, id, cell = 3 }: { band: Band; id: string; cell?: number }) {
  const height = band.rows * cell
  return (
    <svg className="strip" width="100%" height={height} aria-hidden="true" focusable="false">
      <pattern
        id={id}
        width={band.period}
        height={band.rows}
        patternUnits="userSpaceOnUse"
        patternTransform={`scale(${cell})translate(-.5 0)`}
      >
        <path className="w-ground" d={`M0 0h${band.period}v${band.rows}H0z`} />
        <BandThreads band={band} cols={band.period} />
      </pattern>
      <svg x="50%" overflow="visible">
        <rect x="-2400" width="4800" height={height} fill={`url(#${id})`} />
      </svg>
    </svg>
  )
}

/** A piece of band with a fixed number of columns, scaled to its box. Decoration unless it has a label. */
export function BandPiece({ band, cols, label }: { band: Band; cols: number; label?: string }) {
  return (
    <svg
      className="piece"
      viewBox={`0 0 ${cols} ${band.rows}`}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path className="w-ground" d={`M0 0h${cols}v${band.rows}H0z`} />
      <BandThreads band={band} cols={cols} shift={-Math.floor(cols / 2)} />
    </svg>
  )
}
