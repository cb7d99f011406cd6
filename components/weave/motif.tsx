import { MOTIFS, PLAIN_MOTIF } from './motifs'
import { strokes } from './strokes'

/** The motif of a need category. Decoration beside its name; give a label only where it stands alone. */
export function Motif({ category, label }: { category: string; label?: string }) {
  const half = MOTIFS[category] ?? PLAIN_MOTIF
  const size = half.length
  const paths = strokes(size, size, (x, y) => {
    const mark = half[y]?.[Math.min(x, size - 1 - x)]
    return mark === '#' ? 'm1' : mark === 'o' ? 'm2' : null
  })
  return (
    <svg className="motif" viewBox={`0 0 ${size} ${size}`} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {[...paths].map(([thread, path]) => (
        <path key={thread} className={`t-${thread}`} d={path} />
      ))}
    </svg>
  )
}

/** The mark of the site: a stepped diamond of crossings round one đồng. */
export function Mark() {
  const paths = strokes(11, 11, (x, y) => {
    const ring = Math.abs(x - 5) + Math.abs(y - 5)
    return ring === 0 ? 'm2' : ring === 2 || ring === 4 || ring === 5 ? 'm1' : null
  })
  return (
    <svg className="mark" viewBox="0 0 11 11" aria-hidden="true">
      {[...paths].map(([thread, path]) => (
        <path key={thread} className={`t-${thread}`} d={path} />
      ))}
    </svg>
  )
}
