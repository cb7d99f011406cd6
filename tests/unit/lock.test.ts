import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const locked = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  optional: z.boolean().optional(),
  // npm writes null for a machine that it has no name for.
  os: z.array(z.string().nullable()).optional(),
  cpu: z.array(z.string().nullable()).optional(),
})
const { packages } = z
  .object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), locked) })
  .parse(JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')))
const libraries = Object.entries(packages).filter(([path]) => path !== '')

/** Whether it belongs to one kind of machine, and is left out on others. */
const isOfAMachine = ({ optional, os, cpu }: z.infer<typeof locked>) => optional === true && (os !== undefined || cpu !== undefined)

test('each library is locked with the hash of what is installed; only those of other machines may lack it', () => {
  expect(libraries.length).toBeGreaterThan(300)
  const strong = /^sha512-[A-Za-z0-9+/]{86}==$/
  const weak = libraries.filter(
    ([, library]) => !(library.integrity === undefined ? isOfAMachine(library) : strong.test(library.integrity)),
  )
  expect(weak.map(([path]) => path)).toEqual([])
  const hashless = libraries.filter(([, { integrity }]) => integrity === undefined)
  const isOfServers = ({ os, cpu }: z.infer<typeof locked>) => os?.includes('linux') === true && cpu?.includes('x64') === true
  expect(hashless.filter(([, library]) => isOfServers(library)).map(([path]) => path)).toEqual([])
})

test('each comes from the registry that whoever installs has chosen, under its own name', () => {
  expect(libraries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  expect(libraries.filter(([, { version }]) => !/^\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/.test(version)).map(([path]) => path)).toEqual([])
})
