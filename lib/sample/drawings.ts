import { chance } from './chance'

/** What pictures of a sample show: things, and never people. */
export type Scene = 'coats' | 'parcels' | 'playground' | 'gate'

const [INK, PAPER, TURMERIC, MADDER, LEAF] = ['#1c2550', '#f1ead8', '#dd9f26', '#bb343c', '#57a566']
const DYES = [MADDER, TURMERIC, LEAF, '#3b5b92', '#7a4a86']

/** "MẪU", drawn rather than written: the machine may have no typeface. */
const SAMPLE_MARK = 'M0 44V8L16 30L32 8V44M44 44L60 8L76 44M50 31H70M52 3L60 -4L68 3M50 -9q5 -6 10 -2t10 -2M88 8V32q0 12 14 12t14 -12V8'

const mark = (x: number, y: number, scale: number, turn: number): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})" fill="none" stroke="${MADDER}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"><rect x="-16" y="-26" width="148" height="88" rx="8"/><path d="${SAMPLE_MARK}"/></g>`

/** A drawn scene of a delivery in the hills, 960 × 640; the same for the same seed. It says that it is a sample. */
export function drawScene(scene: Scene, seed: string): string {
  const luck = chance(seed, `scene/${scene}`)
  const hill = (y: number, fill: string) => {
    const tops = Array.from({ length: 7 }, (_, index) => `${index * 160} ${Math.round(y + 90 * luck.unit())}`)
    return `<path d="M0 640L${tops.join('L')}V640Z" fill="${fill}" stroke="${fill}" stroke-width="60" stroke-linejoin="round"/>`
  }
  const hills = hill(190, '#9db9b4') + hill(260, '#7ba28c') + hill(330, '#5f8f6c')
  const ground = '<path d="M0 450H960V640H0Z" fill="#d8c39a"/>'
  const sky = '<linearGradient id="s" x2="0" y2="1"><stop stop-color="#b9d6e4"/><stop offset="1" stop-color="#f6ead2"/></linearGradient>'
  const dye = () => luck.pick(DYES)
  const things = { coats: () => coats(dye), parcels: () => parcels(dye), playground: () => playground(dye), gate: () => gate(dye) }
  return svg(960, 640, `${sky}<path d="M0 0H960V640H0Z" fill="url(#s)"/>${hills}${ground}${things[scene]()}${band()}${mark(800, 60, 1, 8)}`)
}

const svg = (width: number, height: number, inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`

/** A brocade at the foot, of the house's five threads. */
function band(): string {
  const zigzag = (y: number, stroke: string) => {
    const points = Array.from({ length: 25 }, (_, index) => `${index * 40} ${y + (index % 2) * 22}`)
    return `<path d="M${points.join('L')}" fill="none" stroke="${stroke}" stroke-width="9"/>`
  }
  return `<path d="M0 580H960V640H0Z" fill="${INK}"/>${zigzag(590, TURMERIC)}${zigzag(602, MADDER)}${zigzag(614, PAPER)}`
}

const coats = (dye: () => string): string => {
  const coat = (x: number) =>
    `<g transform="translate(${x} 290)"><path d="M40 -22v14" stroke="${INK}" stroke-width="4"/><path d="M20 0Q40 -16 60 0L92 84L74 92L66 66V170H14V66L6 92L-12 84Z" fill="${dye()}"/><path d="M40 4V170" stroke="${PAPER}" stroke-width="4"/></g>`
  return `<path d="M150 560V264H810V560" fill="none" stroke="${INK}" stroke-width="12"/>${[180, 290, 400, 510, 620, 710].map(coat).join('')}`
}

const parcels = (dye: () => string): string => {
  const parcel = (x: number, y: number, width: number) =>
    `<g transform="translate(${x} ${y})"><path d="M0 0H${width}V96H0Z" fill="#c49a63" stroke="#8c6a3f" stroke-width="4"/><path d="M${width / 2 - 12} 0h24v96h-24Z" fill="${dye()}"/></g>`
  const rows: [number, number, number][] = [
    [190, 464, 170],
    [370, 464, 190],
    [570, 464, 180],
    [270, 364, 180],
    [460, 364, 170],
    [370, 264, 170],
  ]
  return rows.map((at) => parcel(...at)).join('')
}

const playground = (dye: () => string): string =>
  `<g fill="none" stroke-width="14" stroke-linecap="round"><path d="M170 550L230 330L290 550M490 550L550 330L610 550M230 330H550" stroke="${dye()}"/><path d="M320 334V470M380 334V470M320 470H380M430 334V450M490 334V450M430 450H490" stroke="${INK}" stroke-width="6"/><path d="M690 550V350M740 550V350M690 400H740M690 450H740M690 500H740" stroke="${INK}" stroke-width="8"/><path d="M740 352Q800 420 870 548" stroke="${dye()}" stroke-width="26"/></g>`

const gate = (dye: () => string): string =>
  `<path d="M330 380H700V560H330Z" fill="${PAPER}"/><path d="M310 390L515 300L720 390Z" fill="${dye()}"/><path d="M370 430h60v60h-60ZM485 430h60v130h-60ZM600 430h60v60h-60Z" fill="#6f8ba6"/><path d="M180 560V330H230V560M800 560V330H850V560" fill="${dye()}"/><path d="M170 300H860V340H170Z" fill="${INK}"/><path d="M230 480H330M700 480H800M230 520H330M700 520H800" stroke="${INK}" stroke-width="6"/>`

/**
 * A drawn paper of one page, 700 × 990: lines in place of words, a table, signatures; on a redacted copy names and
 * signatures lie under black.
 */
export function drawPaper(seed: string, isRedacted: boolean): string {
  const luck = chance(seed, 'paper')
  const line = (x: number, y: number, width: number) => `<rect x="${x}" y="${y}" width="${width}" height="9" rx="4" fill="#9a9a9f"/>`
  const head = line(60, 60, 200) + line(440, 60, 200) + `<rect x="200" y="120" width="300" height="18" rx="6" fill="${INK}"/>`
  const told = Array.from({ length: 6 }, (_, index) => line(60, 190 + index * 30, 380 + Math.round(luck.unit() * 200))).join('')
  const rows = Array.from({ length: 7 }, (_, index) => {
    const y = 410 + index * 44
    return `<path d="M60 ${y}H640" stroke="#c9c9cf" stroke-width="2"/>${line(76, y + 18, 140 + Math.round(luck.unit() * 160))}${line(540, y + 18, 40 + Math.round(luck.unit() * 50))}`
  }).join('')
  const signed = [90, 430].map((x) =>
    isRedacted
      ? `<rect x="${x}" y="800" width="180" height="96" fill="#111"/>`
      : `${line(x, 790, 150)}<path d="M${x} 860q20 -50 40 0t40 -10t40 14t50 -30" fill="none" stroke="#26408b" stroke-width="4"/>${line(x, 890, 120)}`,
  )
  const names = isRedacted ? '<rect x="150" y="212" width="230" height="22" fill="#111"/>' : ''
  return svg(700, 990, `<path d="M0 0H700V990H0Z" fill="#fff"/>${head}${told}${names}${rows}${signed.join('')}${mark(290, 560, 1.3, -24)}`)
}

/** A mark for an organisation of the sample, 200 × 200: a knot of a brocade, the same for the same name. */
export function drawLogo(name: string): string {
  const luck = chance('logo', name)
  const [outer, inner] = luck.shuffled(DYES)
  const side = luck.int(38, 52)
  const square = (size: number, turn: number, fill: string | undefined) =>
    `<path d="M${-size} ${-size}H${size}V${size}H${-size}Z" transform="translate(100 100) rotate(${turn})" fill="${fill ?? INK}"/>`
  const rays = Array.from({ length: luck.pick([4, 6, 8]) }, (_, index) => index)
  const tips = rays.map(
    (index) => `<path d="M0 -92l16 26h-32Z" transform="translate(100 100) rotate(${(360 / rays.length) * index})" fill="${INK}"/>`,
  )
  return svg(
    200,
    200,
    `<path d="M0 0H200V200H0Z" fill="#fff"/>${tips.join('')}${square(side, 45, outer)}${square(side * 0.62, 0, inner)}${square(side * 0.26, 45, PAPER)}`,
  )
}
