/**
 * Runs in the page: says which texts are cut off, stand on each other or reach beyond the edge.
 * Stands alone, because the browser gets only its source.
 */
export function textProblems(): string[] {
  const width = document.documentElement.clientWidth
  const problems: string[] = []
  if (document.documentElement.scrollWidth > width) problems.push(`the page is ${document.documentElement.scrollWidth} px wide`)

  /** What a reader never sees: hidden, cut down to a pixel for screen readers alone, or shown on focus. */
  const isUnseen = (element: Element): boolean => {
    // Knows of closed details, too, whose text has a place all the same.
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return true
    for (let at: Element | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.clipPath !== 'none' && at.getBoundingClientRect().width <= 2) return true
      if (style.position === 'fixed' || style.position === 'sticky') return true
      const box = at.getBoundingClientRect()
      if (style.position === 'absolute' && (box.bottom <= 0 || box.right <= 0 || box.width <= 2)) return true
    }
    return false
  }
  const scrolls = (element: Element): boolean => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      if (
        at !== document.documentElement &&
        at !== document.body &&
        /auto|scroll/.test(getComputedStyle(at).overflowX) &&
        at.scrollWidth > at.clientWidth
      )
        return true
    }
    return false
  }
  const shown = (text: string) => `“${text.trim().replace(/\s+/g, ' ').slice(0, 40)}”`

  const pieces: { text: string; element: Element; box: DOMRect }[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element || !node.textContent?.trim() || /^(script|style|noscript|option|title|desc)$/i.test(element.tagName) || isUnseen(element))
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue
      pieces.push({ text: node.textContent, element, box })
      if ((box.left < -1 || box.right > width + 1) && !scrolls(element)) problems.push(`beyond the edge: ${shown(node.textContent)}`)
    }
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (!/hidden|clip/.test(style.overflowX) || at instanceof SVGElement) continue
      if (at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 1) problems.push(`cut off: ${shown(node.textContent)}`)
    }
  }
  for (const input of document.querySelectorAll('input, select, button, textarea')) {
    if (
      !isUnseen(input) &&
      input instanceof HTMLElement &&
      input.tagName !== 'TEXTAREA' &&
      input.scrollWidth > input.clientWidth + 1 &&
      input.clientWidth > 2
    ) {
      problems.push(`cut off in a field: ${input.getAttribute('name') ?? input.tagName} ${shown(input.textContent)}`)
    }
  }

  pieces.sort((a, b) => a.box.top - b.box.top)
  for (const [index, one] of pieces.entries()) {
    for (const other of pieces.slice(index + 1)) {
      if (other.box.top >= one.box.bottom) break
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      // Boxes of a font are taller than its letters: lines set tightly may touch without harm.
      if (across > 2 && down > 0.45 * Math.min(one.box.height, other.box.height))
        problems.push(`overlapping: ${shown(one.text)} and ${shown(other.text)}`)
    }
  }
  return [...new Set(problems)]
}
