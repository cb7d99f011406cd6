import { labelWithSums } from '@/components/ui/logged-sum'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { byReceived, sumOfWays, type Flow, type River } from '@/lib/river/model'

/** Size of the picture, in its own units: those of a narrow screen. */
const WIDTH = 320
const ROW = 44
const HEAD = 30
const KEY = 22
const PARTS = ['delivered', 'spent', 'waiting'] as const

/** What became of the money of each kind of need, fund by fund: the river for a narrow screen. */
export function RiverBars({ locale, river }: { locale: Locale; river: River }) {
  const t = translator(locale, 'river')
  const { rows, height, most } = layOut(river)
  const money = (vnd: bigint) => formatVnd(vnd, locale)
  return (
    <svg
      className="river river-narrow"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      {...labelWithSums(locale, (sum) =>
        t('narrow', {
          ...{ year: String(river.year), received: sum('received', river.sum.receivedVnd) },
          ...{ delivered: sum('delivered', river.sum.deliveredVnd), waiting: sum('waiting', river.sum.waitingVnd) },
        }),
      )}
    >
      {PARTS.map((part, index) => (
        <g key={part}>
          <rect className={`river-${part}`} x={0} y={index * KEY + 3} width={12} height={12} />
          <text x={20} y={index * KEY + 9} dominantBaseline="central">
            {t(part)}
          </text>
          <text className="river-sum" x={WIDTH} y={index * KEY + 9} textAnchor="end" dominantBaseline="central" data-log={part}>
            {money(river.sum[`${part}Vnd`])}
          </text>
        </g>
      ))}
      {rows.map(({ key, label, flow, y }) =>
        flow === null ? (
          <text key={key} className="river-head" x={0} y={y + HEAD - 8}>
            {label}
          </text>
        ) : (
          <g key={key}>
            <text x={0} y={y + 16}>
              {label}
            </text>
            <text className="river-sum" x={WIDTH} y={y + 16} textAnchor="end" data-log={`received ${key} *`}>
              {money(flow.receivedVnd)}
            </text>
            {barOf(flow, most).map(({ part, x, width }) => (
              <rect key={part} className={`river-${part}`} x={x} y={y + 24} width={width} height={12} />
            ))}
          </g>
        ),
      )}
    </svg>
  )
}

interface Row {
  /** Fund, and kind of need, as marks of their sums name them. */
  key: string
  label: string
  /** Null: the name of a fund, above its kinds of need. */
  flow: Flow | null
  y: number
}

/** Funds and their kinds of need, those that received most first. */
function layOut({ ways }: River): { rows: Row[]; height: number; most: bigint } {
  const groupsOf = (key: 'fundSlug' | 'categoryKey', label: 'fund' | 'category', some: River['ways']) =>
    [...Map.groupBy(some, (way) => way[key])]
      .map(([name, own]) => ({ name, label: own[0]?.[label] ?? '', own, flow: sumOfWays(own) }))
      .toSorted((a, b) => byReceived(a.flow, b.flow))
  const rows: Row[] = []
  let [y, most] = [KEY * PARTS.length, 0n]
  for (const fund of groupsOf('fundSlug', 'fund', ways)) {
    rows.push({ key: fund.name, label: fund.label, flow: null, y })
    y += HEAD
    for (const { name, label, flow } of groupsOf('categoryKey', 'category', fund.own)) {
      rows.push({ key: `${fund.name} ${name}`, label, flow, y })
      y += ROW
      if (flow.receivedVnd > most) most = flow.receivedVnd
    }
  }
  return { rows, height: y, most }
}

/** The parts of a bar, as long beside the longest as there is money. */
function barOf(flow: Flow, most: bigint) {
  let x = 0
  return PARTS.map((part) => {
    const width = Number((flow[`${part}Vnd`] * BigInt(WIDTH) * 100n) / most) / 100
    const placed = { part, x, width }
    x += width
    return placed
  })
}
