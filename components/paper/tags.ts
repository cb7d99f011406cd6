import type PDFDocument from 'pdfkit'

type Paper = InstanceType<typeof PDFDocument>

/** A part of a paper as PDF's structure names it (ISO 32000-1, 14.8): what a reader for the blind goes through, in the order drawn. */
export type Part = ReturnType<Paper['struct']>

/** Tags that are used here. */
export type Tag = 'Document' | 'H1' | 'P' | 'L' | 'LI' | 'Lbl' | 'LBody' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure'

/** Opens a part that holds others. */
export function openPart(paper: Paper, parent: Part, tag: Tag): Part {
  const part = paper.struct(tag)
  parent.add(part)
  return part
}

/**
 * Draws what a part says.
 * @param options `alt`: what a picture shows; `lang`: where it is in another language than the paper; `scope`: of what a cell is the head
 * @returns what drawing returned: where it ends
 */
export function drawPart(
  paper: Paper,
  parent: Part,
  tag: Tag,
  draw: () => number,
  options: { alt?: string; lang?: string; scope?: 'Column' } = {},
): number {
  let end = 0
  parent.add(
    paper.struct(tag, options, () => {
      end = draw()
    }),
  )
  return end
}

/** Draws what says nothing: cloth and rules. */
export function drawArtifact(paper: Paper, draw: () => void): void {
  paper.markContent('Artifact', { type: 'Layout' })
  draw()
  paper.endMarkedContent()
}
