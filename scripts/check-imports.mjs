// Walks all imports and compares them with the rules of .dependency-cruiser.mjs.
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { options, ROOMS } from '../.dependency-cruiser.mjs'

/**
 * @param {string} folder root of the tree to walk
 * @param {string[]} rooms folders that must have been seen
 * @returns {Promise<{ problems: string[], modules: number }>}
 */
export async function checkImports(folder, rooms = ROOMS) {
  const { output } = await cruise(rooms, { ...options, baseDir: folder }, { alias: { '@': folder } })
  if (typeof output === 'string') throw new Error('expected a result, got a report')
  const problems = output.summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle?.length ? cycle.map((step) => (typeof step === 'string' ? step : step.name)).join(' → ') : to
    return `${rule.name}: ${from} → ${way}`
  })
  for (const room of rooms) {
    if (!output.modules.some((module) => module.source.startsWith(`${room}/`)))
      problems.push(`no file of ${room}/ was read: nothing was checked there`)
  }
  return { problems, modules: output.modules.filter((module) => rooms.some((room) => module.source.startsWith(`${room}/`))).length }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { problems, modules } = await checkImports(process.cwd())
  for (const problem of problems) console.log(problem)
  console.log(`${modules} files read, ${problems.length} imports against the rules`)
  if (problems.length > 0) process.exit(1)
}
