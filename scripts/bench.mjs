// npm run bench [pages] [weights] [lighthouse] [booking] [statements] [look-ups] [lines] [log] [long-log] [exports]: speed as ratios to something measured in the same run.
import { bringNode, build, fail, installDependencies, Problem, root, run } from './runtime.mjs'

process.env.NEXT_TELEMETRY_DISABLED = '1'
try {
  process.chdir(root)
  const node = await bringNode()
  await installDependencies(node)
  const { code, output } = await build(node)
  if (code !== 0) throw new Problem(`The build failed:\n${output.trim()}`)
  const bench = await run(node, ['--import', 'tsx', 'tests/bench/main.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(bench.code ?? 1)
} catch (error) {
  fail(error)
}
