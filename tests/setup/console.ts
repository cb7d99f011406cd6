import { format } from 'node:util'
import { afterEach, beforeEach } from 'vitest'

/** An unexpected console.error fails the test that caused it. A test that expects one spies on it. */
const said: string[] = []

beforeEach(() => {
  said.length = 0
  console.error = (...parts: unknown[]) => {
    said.push(format(...parts))
  }
})

afterEach(() => {
  if (said.length > 0) throw new Error(`unexpected console.error: ${said.splice(0).join('\n')}`)
})
