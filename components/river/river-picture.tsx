import { labelWithSums } from '@/components/ui/logged-sum'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { River } from '@/lib/river/model'

/** Size of the picture, in its own units. */
const WIDTH = 1040
const HEIGHT = 560
const BAR = 12
const GAP = 10
const COLUMNS = [0, 270, 540, WIDTH - 230] as const
/** A name needs as much. */
const LINE = 16
/** A bar as high has room for the sum below its name. */
const TWO_LINES = 34
/** Communes with less are one together: a ribbon thinner than a hair says nothing. */
const MOST_COMMUNES = 12

interface Link {
  from: string
  to: string
  amount: number
  tone: string
}

interface Node {
  /** What it is a sum of, as its mark says. */
  key: string
  label: string
  sum: bigint
  column: number
  y: number
  height: number
}

/** Fund, kind of need, commune, and what became of it: as wide as there is money. The same stands in the table below. */
export function RiverPicture({ locale, river }: { locale: Locale; river: River }) {
  const t = translator(locale, 'river')
  const { nodes, ribbons } = layOut(river, { others: t('others'), delivered: t('delivered'), spent: t('spent'), waiting: t('waiting') })
  return (
    <svg
      className="river river-wide"
      viewBox={`0 0 ${WIDTH} ${Math.ceil(Math.max(...nodes.map(({ y, height }) => y + Math.max(height, LINE))))}`}
      role="img"
      {...labelWithSums(locale, (sum) =>
        t('picture', {
          ...{ year: String(river.year), received: sum('received', river.sum.receivedVnd) },
          ...{ delivered: sum('delivered', river.sum.deliveredVnd), waiting: sum('waiting', river.sum.waitingVnd) },
        }),
      )}
    >
      {ribbons.map(({ key, path, tone }) => (
        <path key={key} d={path} className={`river-${tone}`} />
      ))}
      {nodes.map(({ key, column, y, height, label, sum }) => (
        <g key={key}>
          <rect className="river-bar" x={COLUMNS[column]} y={y} width={BAR} height={height} />
          <text x={(COLUMNS[column] ?? 0) + BAR + 6} y={y + height / 2 - (height < TWO_LINES ? 0 : 8)} dominantBaseline="central">
            {label}
            <tspan
              className="river-sum"
              data-log={key}
              {...(height < TWO_LINES ? { dx: 6 } : { x: (COLUMNS[column] ?? 0) + BAR + 6, dy: 17 })}
            >
              {formatVnd(sum, locale)}
            </tspan>
          </text>
        </g>
      ))}
    </svg>
  )
}

function layOut(river: River, said: { others: string; delivered: string; spent: string; waiting: string }) {
  const named = new Set<string>()
  for (const { communeSlug } of river.ways) if (named.size < MOST_COMMUNES) named.add(communeSlug)
  const links = new Map<string, Link>()
  const sums = new Map<string, { label: string; sum: bigint; column: number }>()
  const node = (column: number, key: string, label: string, amount: bigint): string => {
    sums.set(key, { label, column, sum: (sums.get(key)?.sum ?? 0n) + amount })
    return key
  }
  const link = (from: string, to: string, amountVnd: bigint, tone: string) => {
    const key = `${from} > ${to}`
    links.set(key, { from, to, tone, amount: (links.get(key)?.amount ?? 0) + share(amountVnd, river.sum.receivedVnd) })
  }
  for (const way of river.ways) {
    const fund = node(0, `received ${way.fundSlug} * *`, way.fund, way.receivedVnd)
    const category = node(1, `received * ${way.categoryKey} *`, way.category, way.receivedVnd)
    const commune = named.has(way.communeSlug)
      ? node(2, `received * * ${way.communeSlug}`, way.commune, way.receivedVnd)
      : node(2, 'received others', said.others, way.receivedVnd)
    link(fund, category, way.receivedVnd, 'flow')
    link(category, commune, way.receivedVnd, 'flow')
    for (const [tone, label, amount] of [
      ['delivered', said.delivered, way.deliveredVnd],
      ['spent', said.spent, way.spentVnd],
      ['waiting', said.waiting, way.waitingVnd],
    ] as const)
      if (amount > 0n) link(commune, node(3, tone, label, amount), amount, tone)
  }
  const nodes = placeNodes(
    [...sums].map(([key, one]) => ({ key, ...one })),
    river.sum.receivedVnd,
  )
  return { nodes, ribbons: placeLinks([...links.values()], nodes) }
}

/** A part of a whole as a fraction: a picture needs no more than that. */
const share = (part: bigint, whole: bigint): number => Number((part * 1_000_000n) / whole) / 1_000_000

function placeNodes(all: { key: string; label: string; sum: bigint; column: number }[], whole: bigint): Node[] {
  const most = Math.max(...COLUMNS.map((_, column) => all.filter((one) => one.column === column).length))
  const room = HEIGHT - GAP * (most - 1)
  return COLUMNS.flatMap((_, column) => {
    // The last column keeps its order: handed over first.
    const own = all.filter((one) => one.column === column)
    if (column < COLUMNS.length - 1) own.sort((a, b) => (a.sum > b.sum ? -1 : 1))
    let y = 0
    return own.map((one) => {
      const height = Math.max(1.5, share(one.sum, whole) * room)
      const placed = { ...one, y, height }
      y += height + Math.max(GAP, LINE - height)
      return placed
    })
  })
}

function placeLinks(links: Link[], nodes: readonly Node[]) {
  const at = new Map(nodes.map((node) => [node.key, node]))
  const [out, into] = [new Map<string, number>(), new Map<string, number>()]
  const whole = nodes.filter(({ column }) => column === 0).reduce((sum, { height }) => sum + height, 0)
  const byPlace = (a: Link, b: Link) =>
    (at.get(a.to)?.y ?? 0) - (at.get(b.to)?.y ?? 0) || (at.get(a.from)?.y ?? 0) - (at.get(b.from)?.y ?? 0)
  return links.toSorted(byPlace).flatMap(({ from, to, amount, tone }) => {
    const [source, target] = [at.get(from), at.get(to)]
    if (!source || !target) return []
    const thick = amount * whole
    const [y1, y2] = [source.y + (out.get(from) ?? 0), target.y + (into.get(to) ?? 0)]
    out.set(from, (out.get(from) ?? 0) + thick)
    into.set(to, (into.get(to) ?? 0) + thick)
    const [x1, x2] = [(COLUMNS[source.column] ?? 0) + BAR, COLUMNS[target.column] ?? 0]
    const middle = (x1 + x2) / 2
    const n = (value: number) => value.toFixed(1)
    const path = `M${n(x1)} ${n(y1)}C${n(middle)} ${n(y1)} ${n(middle)} ${n(y2)} ${n(x2)} ${n(y2)}V${n(y2 + thick)}C${n(middle)} ${n(y2 + thick)} ${n(middle)} ${n(y1 + thick)} ${n(x1)} ${n(y1 + thick)}Z`
    return [{ key: `${from} > ${to}`, path, tone }]
  })
}
