import { spawn, spawnSync } from 'node:child_process'

/** What a run of requests gave. */
export interface Load {
  requestsPerSecond: number
  p99Ms: number
  failures: number
}

/** Programs a measurement needs that npm does not carry. */
export function requirePrograms(...names: string[]): void {
  const missing = names.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)
  if (missing.length > 0) throw new Error(`this measurement needs ${missing.join(' and ')}: install the packages of that name`)
}

/** Runs a program to its end. @returns what it printed */
export async function output(program: string, args: string[], options: { env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${text}`)
  return text
}

const numberOf = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN)

/** Asks for one address as often as it is answered, as browsers that take brotli do. */
export async function load(url: string, { seconds = 6, connections = 32 } = {}): Promise<Load> {
  const text = await output('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-H', 'Accept-Encoding: br', url])
  const [, p99 = '0', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? []
  return {
    requestsPerSecond: numberOf(text, /Requests\/sec:\s+([\d.]+)/),
    p99Ms: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit === 'us' || unit === 's' ? unit : 'ms'],
    failures: [/Non-2xx or 3xx responses: (\d+)/, /connect (\d+)/, /timeout (\d+)/].reduce(
      (sum, pattern) => sum + (numberOf(text, pattern) || 0),
      0,
    ),
  }
}

export const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
