import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../setup/site-process'
import { output } from './load'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds and starts the barest static page that Next can serve. @returns its address, and how to stop it */
export async function startBareNext(): Promise<{ url: string; stop: () => void }> {
  const folder = path.join(root, '.test', 'bare-next')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(path.join(folder, 'app'), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}')
  writeFileSync(path.join(folder, 'next.config.js'), `export default { turbopack: { root: ${JSON.stringify(root)} } }\n`)
  writeFileSync(path.join(folder, 'app', 'layout.jsx'), 'export default ({ children }) => <html lang="en"><body>{children}</body></html>\n')
  writeFileSync(path.join(folder, 'app', 'page.jsx'), 'export default () => <p>Hello</p>\n')
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await output(process.execPath, [next, 'build', folder], { env })
  const port = await freePort()
  const child = spawn(process.execPath, [next, 'start', folder, '-p', String(port), '-H', '127.0.0.1'], { env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/`
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await fetch(url).catch(() => null))?.ok) return { url, stop: () => child.kill('SIGKILL') }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error('the bare page did not start')
}
