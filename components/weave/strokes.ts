/**
 * Crossings as strokes: runs of one thread along a column become one vertical line, drawn a little
 * less than a cell wide so that columns stay apart. A path of lines is a third of the same path of boxes.
 */
export function strokes<Key extends string>(cols: number, rows: number, at: (x: number, y: number) => Key | null): Map<Key, string> {
  const paths = new Map<Key, string>()
  const pens = new Map<Key, { x: number; y: number }>()
  for (let x = 0; x < cols; x++) {
    for (let y = 0; y < rows;) {
      const key = at(x, y)
      let end = y + 1
      while (end < rows && at(x, end) === key) end++
      if (key !== null) {
        const pen = pens.get(key)
        const move = pen ? `m${x - pen.x}${y < pen.y ? '' : ' '}${y - pen.y}` : `M${x}.5 ${y}`
        paths.set(key, `${paths.get(key) ?? ''}${move}v${end - y}`)
        pens.set(key, { x, y: end })
      }
      y = end
    }
  }
  return paths
}
