import { type Band } from './band'
import { strokes } from './strokes'

/** The threads of one repeat, ground left out. */
function Repeat({ band }: { band: Band }) {
  const paths = strokes(band.period, band.rows, (x, y) => {
    const thread = band.at(x, y)
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
        <Repeat band={band} />
      </pattern>
      <svg x="50%" overflow="visible">
        <rect x="-2400" width="4800" height={height} fill={`url(#${id})`} />
      </svg>
    </svg>
  )
}
