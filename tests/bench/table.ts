/** One figure of a part: what was measured, and its ratio to what was measured beside it. */
export interface Figure {
  what: string
  measured: string
  /** Null where it is what others are compared with. */
  ratio: number | null
  wanted?: string
}

export interface Part {
  title: string
  /** How it was measured, in one or two sentences. */
  how: string
  figures: Figure[]
}

/** A part as Markdown. */
export function markdown({ title, how, figures }: Part): string {
  const rows = figures.map(
    ({ what, measured, ratio, wanted }) => `| ${what} | ${measured} | ${ratio === null ? '' : ratio.toFixed(2)} | ${wanted ?? ''} |`,
  )
  return [`## ${title}`, '', how, '', '| what | measured | ratio | wanted |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}
