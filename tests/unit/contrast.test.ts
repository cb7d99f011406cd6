import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/styles/tokens.css', import.meta.url), 'utf8')

/** Colours of a block of tokens, by name. */
const colours = (block: string) =>
  new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]))
const [lightBlock = '', darkBlock = ''] = css.split('@media (prefers-color-scheme: dark)')
const light = colours(lightBlock)
const schemes = { light, dark: new Map([...light, ...colours(darkBlock)]) }

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Ink, ground, and the least contrast: 7 for text that is read, 4.5 for all text, 3 for parts of pictures. */
const PAIRS: [string, string, number][] = [
  ['ink', 'paper', 7],
  ['ink', 'paper-2', 7],
  ['ink', 'sheet', 7],
  ['ink-2', 'paper', 7],
  ['ink-2', 'paper-2', 4.5],
  ['ink-2', 'sheet', 4.5],
  ['link', 'paper', 7],
  ['madder-ink', 'paper', 4.5],
  ['on-madder', 'madder', 4.5],
  ['on-madder', 'madder-2', 4.5],
  ['on-cham', 'cham', 7],
  ['on-cham-2', 'cham', 7],
  ['on-cham-act', 'cham-act', 7],
  ['leaf-ink', 'paper', 4.5],
  ['turmeric-ink', 'paper', 4.5],
  ['line-2', 'paper', 3],
  ['line-2', 'sheet', 3],
  ['focus', 'paper', 3],
  ['turmeric', 'paper', 3],
  ['leaf', 'paper', 3],
  ['w-fd', 'w-gd', 3],
  ['w-fs', 'w-gs', 3],
  ['w-fr', 'paper', 3],
  ['w-fd', 'paper', 3],
  ['w-selvedge', 'paper', 3],
  ['w-cotton', 'w-ground', 7],
  ['w-turmeric', 'w-ground', 3],
  ['m-1', 'paper', 7],
  ['m-2', 'paper', 3],
  ['need', 'open', 7],
]

describe.each(Object.entries(schemes))('colours of the %s scheme', (_scheme, tokens) => {
  it.each(PAIRS)('%s on %s stands out by %d', (ink, ground, least) => {
    expect(contrast(tokens.get(ink) ?? '#000000', tokens.get(ground) ?? '#000000')).toBeGreaterThanOrEqual(least)
  })
})
