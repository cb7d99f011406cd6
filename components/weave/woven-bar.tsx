import type { SaidLabel } from '@/components/ui/logged-sum'
import type { PartKind } from './bar'
import { columns, figures, weave, type Grid, type WovenSums } from './cloth'

interface Props {
  /** Seed of the band whose figures are woven. */
  seed: string
  /** Stands once a page; letters, digits and hyphens. */
  id: string
  sums: WovenSums
  /** Says the sums in words. */
  label: SaidLabel
}

function Weave({ seed, id, part = id, sums, label, grid, className }: Props & { part?: string; grid: Grid; className?: string }) {
  const cloth = weave(seed, sums, grid)
  return (
    <svg className={className ? `weave ${className}` : 'weave'} viewBox={cloth.viewBox} role="img" {...label}>
      {part === id && (
        <defs>
          {/* Once; every stretch of cloth borrows it. */}
          <path id={`${id}-f`} d={cloth.figure} />
        </defs>
      )}
      <path className="w-warp" d={cloth.warp} />
      {cloth.stretches.map(({ kind, clip, columns: filled, repeats }) => (
        <g key={kind} clipPath={`url(#${part}-${kind})`}>
          <clipPath id={`${part}-${kind}`}>
            <path d={clip} />
          </clipPath>
          <path className={`g-${kind}`} d={filled} />
          <path className="w-cross" d={cloth.cross} />
          <g className={`f-${kind}`}>
            {repeats.map((x) => (
              <use key={x} href={`#${id}-f`} {...(x > 0 ? { x } : {})} />
            ))}
          </g>
        </g>
      ))}
      <path className="w-selvedge" d={cloth.selvedge} />
    </svg>
  )
}

/** A woven bar of one grid: for lists and tables. The label is required, for the cloth is a figure. */
export function WovenBar({ cols = 112, rows = 9, every = 2, ...cloth }: Props & Partial<Grid>) {
  return <Weave {...cloth} grid={{ cols, rows, every }} />
}

/** The large bar at the head of a page: a wide grid, and a narrower one for small screens that borrows its figures. */
export function WovenHead(cloth: Props) {
  return (
    <>
      <Weave {...cloth} grid={{ cols: 180, rows: 15, every: 1 }} className="wide-only" />
      <Weave {...cloth} part={`${cloth.id}-s`} grid={{ cols: 96, rows: 15, every: 2 }} className="small-only" />
    </>
  )
}

/** A swatch of cloth beside the name of what it stands for. */
export function WeaveKey({ kind }: { kind: PartKind | 'missing' }) {
  return (
    <svg className="key weave" viewBox="0 0 16 9" preserveAspectRatio="none" aria-hidden="true">
      {kind === 'missing' ? (
        <path className="w-warp" d="M0 1.5H16M0 4.5H16M0 7.5H16" />
      ) : (
        <>
          <path className={`g-${kind}`} d={columns(0, 16, 9)} />
          <g className={`f-${kind}`}>
            <path d={figures('04930', 9)} />
          </g>
        </>
      )}
    </svg>
  )
}
