const MAX_DEPTH = 32

/**
 * Reads JSON that is going to be stored. Both engines refuse NUL and half surrogate pairs, so these go;
 * what is not JSON, or nested without end, is kept as text.
 * @returns `value` null where it was no JSON; `stored` is always fit to keep
 */
export function parseStorableJson(text: string): { value: unknown; stored: unknown } {
  try {
    const value = clean(JSON.parse(text), 0)
    // A bare null would be stored as no value at all.
    if (value !== null) return { value, stored: value }
    return { value, stored: { text } }
  } catch {
    return { value: null, stored: { text: cleanText(text) } }
  }
}

const cleanText = (text: string): string => text.toWellFormed().replaceAll('\0', '')

function clean(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep')
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, depth + 1)]))
  return value
}
