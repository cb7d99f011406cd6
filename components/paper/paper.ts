import PDFDocument from 'pdfkit'
import { create } from 'qrcode'
import { band } from '@/components/weave/band'
import { DAY_DYES } from '@/components/weave/drawn'
import type { Locale } from '@/lib/i18n/locale'
import { startOfDay, type Day } from '@/lib/time/day'
import { drawArtifact, drawPart, type Part } from './tags'
import { addFaces, type Weight } from './text-lines'

export type Paper = InstanceType<typeof PDFDocument>

/** Gives the bytes of one file of the face. */
export type ReadFace = (part: string, weight: Weight) => Buffer

/** A4, in points. */
export const [WIDTH, HEIGHT] = [595.28, 841.89]
export const INK = '#1c2550'
export const QUIET = '#565c78'
export const MADDER = '#a3232c'
const CELL = 3.2

/** What is sealed into a paper beside what is printed: a file that readers of PDFs save by itself. */
export interface Attachment {
  name: string
  type: string
  description: string
  text: string
}

/**
 * Draws an A4 PDF, tagged so that it can be read aloud in its order. The same content gives the same bytes.
 * @param day of which it is dated
 * @param mark in plain letters in the file, for who looks at its bytes alone
 * @param attachments lie in it as they are, uncompressed: whoever checks a paper finds them without a library
 */
export async function makePaper(
  { locale, title, author, day, read, mark, attachments = [] }: PaperFacts,
  draw: (paper: Paper, whole: Part) => void,
): Promise<Buffer<ArrayBuffer>> {
  const made = startOfDay(day)
  const paper = new PDFDocument({
    ...{ size: 'A4', margin: 0, lang: locale, displayTitle: true, tagged: true, pdfVersion: '1.7' },
    info: { Title: title, Author: author, CreationDate: made, ModDate: made, ...(mark === undefined ? {} : { Creator: mark }) },
  })
  const bytes = collect(paper)
  addFaces(paper, read)
  const whole = paper.struct('Document')
  paper.addStructure(whole)
  draw(paper, whole)
  whole.end()
  paper.compress = false
  for (const { text, ...facts } of attachments) paper.file(Buffer.from(text), { ...facts, creationDate: made, modifiedDate: made })
  paper.end()
  return bytes
}

interface PaperFacts {
  locale: Locale
  title: string
  author: string
  day: Day
  read: ReadFace
  mark?: string
  attachments?: readonly Attachment[]
}

const collect = (paper: Paper): Promise<Buffer<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    paper.on('data', (part: Buffer) => parts.push(part))
    paper.on('end', () => {
      resolve(Buffer.from(Buffer.concat(parts)))
    })
    paper.on('error', reject)
  })

/** A place's band at the edges of a page, a figure of it in the middle. @returns how high it is */
export function drawBand(paper: Paper, seed: string, edges: readonly ('head' | 'foot')[]): number {
  const { rows, at } = band(seed)
  const height = rows * CELL
  const across = Math.ceil(WIDTH / CELL / 2) + 1
  const drawEdge = (edge: 'head' | 'foot') => {
    const top = edge === 'head' ? 0 : HEIGHT - height
    paper.rect(0, top, WIDTH, height).fill(DAY_DYES.threads.ground)
    for (let y = 0; y < rows; y += 1) {
      for (let x = -across; x <= across;) {
        const thread = at(x, y)
        let end = x + 1
        while (end <= across && at(end, y) === thread) end += 1
        if (thread !== 'ground')
          paper.rect(WIDTH / 2 + (x - 0.5) * CELL, top + y * CELL, (end - x) * CELL, CELL * 0.94).fill(DAY_DYES.threads[thread])
        x = end
      }
    }
  }
  drawArtifact(paper, () => {
    edges.forEach(drawEdge)
  })
  return height
}

/** An address, as a square to be scanned. @param alt what it leads to */
export function drawQr(
  paper: Paper,
  whole: Part,
  { text, alt, left, top, size }: { text: string; alt: string; left: number; top: number; size: number },
): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const cell = size / modules.size
  const draw = () => {
    for (let y = 0; y < modules.size; y += 1)
      for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x)) paper.rect(left + x * cell, top + y * cell, cell, cell)
    paper.fill(INK)
    return top + size
  }
  drawPart(paper, whole, 'Figure', draw, { alt })
}
