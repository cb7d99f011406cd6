import type PDFDocument from 'pdfkit'

type Paper = InstanceType<typeof PDFDocument>
export type Weight = 400 | 600

/** Parts of the face: no one file of it has all letters of Vietnamese. */
const PARTS = ['latin', 'vietnamese', 'latin-ext'] as const

/** What is said in a letter that the face lacks. */
const MISSING = '·'

/** Registers the parts of the face. @param read the bytes of one of its files */
export function addFaces(paper: Paper, read: (part: string, weight: Weight) => Buffer): void {
  for (const weight of [400, 600] as const) for (const part of PARTS) paper.registerFont(`${part}-${weight}`, read(part, weight))
}

interface Run {
  face: string
  text: string
}

/** pdfkit's types do not name the font behind a face. */
interface OpenFace {
  font: { hasGlyphForCodePoint: (code: number) => boolean }
}
const isOpenFace = (face: unknown): face is OpenFace =>
  typeof face === 'object' &&
  face !== null &&
  'font' in face &&
  typeof face.font === 'object' &&
  face.font !== null &&
  'hasGlyphForCodePoint' in face.font

function runsOf(paper: Paper, text: string, weight: Weight): Run[] {
  const runs: Run[] = []
  for (const sign of text.normalize('NFC')) {
    const face = PARTS.map((part) => `${part}-${weight}`).find((name) => {
      paper.font(name)
      const open: unknown = Reflect.get(paper, '_font')
      return isOpenFace(open) && open.font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)
    })
    const run = { face: face ?? `latin-${weight}`, text: face ? sign : MISSING }
    const last = runs.at(-1)
    if (last?.face === run.face) last.text += run.text
    else runs.push(run)
  }
  return runs
}

const widthOf = (paper: Paper, runs: Run[], size: number): number =>
  runs.reduce((sum, { face, text }) => sum + paper.font(face).fontSize(size).widthOfString(text), 0)

export interface Style {
  size: number
  weight: Weight
  colour: string
  /** Of the size. */
  leading?: number
}

function piecesOf(paper: Paper, word: string, width: number, { size, weight }: Pick<Style, 'size' | 'weight'>): string[] {
  const fits = (text: string) => widthOf(paper, runsOf(paper, text, weight), size) <= width
  if (fits(word)) return [word]
  const pieces: string[] = []
  for (const sign of word) {
    const last = pieces.at(-1)
    if (last !== undefined && fits(last + sign)) pieces[pieces.length - 1] = last + sign
    else pieces.push(sign)
  }
  return pieces
}

/**
 * Writes a text in lines no wider than asked, broken at spaces; a word that is wider, as long addresses are, wherever it has to be.
 * @param at the left edge; the middle where it is centred, the right edge where it is flush with that
 * @returns where the text ends
 */
export function writeLines(
  paper: Paper,
  text: string,
  at: { x: number; y: number; width: number; isCentred?: boolean; isFlushRight?: boolean },
  { size, weight, colour, leading = 1.35 }: Style,
): number {
  const lines: string[] = []
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    const line = lines.at(-1)
    if (line !== undefined && widthOf(paper, runsOf(paper, `${line} ${word}`, weight), size) <= at.width)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(...piecesOf(paper, word, at.width, { size, weight }))
  }
  let y = at.y
  for (const line of lines) {
    const runs = runsOf(paper, line, weight)
    let x = at.x - widthOf(paper, runs, size) * (at.isFlushRight ? 1 : at.isCentred ? 0.5 : 0)
    for (const { face, text: part } of runs) {
      paper.font(face).fontSize(size).fillColor(colour).text(part, x, y, { lineBreak: false, baseline: 'alphabetic' })
      x += paper.widthOfString(part)
    }
    y += size * leading
  }
  return y
}
