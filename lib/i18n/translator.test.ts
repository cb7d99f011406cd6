import { describe, expect, it } from 'vitest'
import { MESSAGES } from './translator'

/** Every message by its full key. */
function flat(messages: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries<unknown>({ ...messages })) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else if (isGroup(value)) for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Names of the values and tags a message takes. */
function placeholders(message: string): string[] {
  const values = [...message.replace(/\b(one|other)\s*\{/g, '(').matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1] ?? '')
  const tags = [...message.matchAll(/<(\w+)>/g)].map((match) => `<${match[1]}>`)
  return [...new Set([...values, ...tags])].sort()
}

/** Vietnamese counts by its unit, English by the item; the page gives both words to both. */
const SAID_APART = new Set([
  ...['giving.form.units', 'giving.form.part', 'goods.campaign.piece', 'goods.gift.steps.received', 'goods.gift.steps.takenBack'],
])

const vi = flat(MESSAGES.vi)
const en = flat(MESSAGES.en)

describe('texts', () => {
  it('exist in both languages under the same keys', () => {
    expect([...en.keys()].sort()).toEqual([...vi.keys()].sort())
  })

  it('take the same values in both languages', () => {
    const different = [...vi].filter(
      ([key, text]) => !SAID_APART.has(key) && placeholders(text).join() !== placeholders(en.get(key) ?? '').join(),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('are never empty and never shout', () => {
    for (const [key, text] of [...vi, ...en]) {
      expect(text.trim(), key).not.toBe('')
      expect(text, key).not.toContain('!')
    }
  })
})
