import { labelWithSums } from '@/components/ui/logged-sum'
import { DensityPatterns } from '@/components/weave/densities'
import { needLevel, type CommuneRow, type DrawnMap } from '@/lib/communes/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'

/** Index of the weave without an open crossing. */
const FULLEST = 5

interface Props {
  locale: Locale
  /** Communes of one fund; `map` was drawn from their boundaries, with their slugs as keys. */
  communes: CommuneRow[]
  map: DrawnMap
  steps: readonly bigint[]
  /** Stands once a page: names the weaves of this map. */
  prefix: string
  /** Slug of the commune to mark with a double outline. */
  here?: string
}

/** Communes shaded by what is missing: the denser the weave, the more. Numbers are keyed to the table. */
export function NeedMap({ locale, communes, map, steps, prefix, here }: Props) {
  const t = translator(locale, 'communes')
  const [first] = communes
  if (!first || map.shapes.length === 0) return null
  const bySlug = new Map(communes.map((commune) => [commune.slug, commune]))
  // The fullest weave is drawn last, with a light edge, so that neighbours that wear it stay apart.
  const isFull = (key: string) => Number(needLevel(bySlug.get(key)?.missingVnd ?? 0n, steps) === FULLEST)
  const byWeave = map.shapes.toSorted((a, b) => isFull(a.key) - isFull(b.key))
  const marked = map.shapes.find(({ key }) => key === here)
  const markedName = here === undefined ? undefined : bySlug.get(here)?.fullName
  const nameOf = (commune: CommuneRow) =>
    labelWithSums(locale, (sum) =>
      commune.missingVnd > 0n
        ? t('map.place', { rank: commune.rank, name: commune.fullName, missing: sum(`missing * ${commune.slug}`, commune.missingVnd) })
        : t('map.placeMet', { rank: commune.rank, name: commune.fullName }),
    )
  const caption = { fund: first.fund.name, province: first.province }
  return (
    <figure className="atlas">
      <svg viewBox={`0 0 ${map.width} ${map.height}`} role="group" aria-label={t('map.label', { fund: first.fund.name })}>
        <DensityPatterns prefix={prefix} />
        {byWeave.map(({ key, path }) => {
          const commune = bySlug.get(key)
          const level = commune ? needLevel(commune.missingVnd, steps) : 0
          return (
            commune && (
              // The same way as the number's link, for a pointer: a finger finds the area sooner than the number.
              <a key={key} href={localePath(locale, `/xa/${key}`)} tabIndex={-1} aria-hidden="true">
                <path className={level === FULLEST ? 'area full-weave' : 'area'} d={path} fill={`url(#${prefix}-${level})`} />
              </a>
            )
          )
        })}
        {marked && (
          <g className="pass">
            <path className="here" d={marked.path} />
            <path className="here in" d={marked.path} />
          </g>
        )}
        {map.shapes
          .filter(({ isMoved }) => isMoved)
          .map(({ key, centre, label }) => (
            <path key={key} className="leader" d={`M${centre.x} ${centre.y}L${label.x} ${label.y}`} />
          ))}
        {map.shapes.map(({ key, label }) => {
          const commune = bySlug.get(key)
          return (
            commune && (
              <a
                key={key}
                href={localePath(locale, `/xa/${key}`)}
                {...nameOf(commune)}
                {...(key === here ? { 'aria-current': 'page' as const } : {})}
              >
                <rect className="hit" x={label.x - 13} y={label.y - 12} width="26" height="24" />
                <rect className="tab" x={label.x - 11} y={label.y - 9} width="22" height="18" />
                <text className="no" x={label.x} y={label.y}>
                  {commune.rank}
                </text>
              </a>
            )
          )
        })}
      </svg>
      <figcaption className="small quiet">
        {markedName ? t('map.captionHere', { ...caption, name: markedName }) : t('map.caption', caption)}
      </figcaption>
    </figure>
  )
}

const MILLION = 1_000_000n

/** What each weave of the map stands for. `prefix` is that of a map on the same page. */
export function MapLegend({ locale, steps, prefix }: { locale: Locale; steps: readonly bigint[]; prefix: string }) {
  const t = translator(locale, 'communes')
  const millions = (vnd: bigint | undefined) => formatCount((vnd ?? 0n) / MILLION, locale)
  const names = [
    t('map.level.none'),
    t('map.level.below', { to: millions(steps[0]) }),
    ...steps.slice(1).map((to, index) => t('map.level.between', { from: millions(steps[index]), to: millions(to) })),
    t('map.level.from', { from: millions(steps.at(-1)) }),
  ]
  return (
    <ul className="swatches">
      {names.map((name, level) => (
        <li key={name}>
          <svg viewBox="0 0 28 16" aria-hidden="true">
            <rect width="28" height="16" fill={`url(#${prefix}-${level})`} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
