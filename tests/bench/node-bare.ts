import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../setup/site-process'

const folder = fileURLToPath(new URL('../../.test/bare-node', import.meta.url))

/** The least that answers over node:http: every request with the same head and bytes, and nothing else in the process. */
const PROGRAM = `import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
const head = JSON.parse(readFileSync(new URL('head.json', import.meta.url), 'utf8'))
const body = readFileSync(new URL('body', import.meta.url))
createServer((_request, response) => {
  response.writeHead(200, head)
  response.end(body)
}).listen(Number(process.argv[2]), '127.0.0.1')
`
/** Written by node:http itself. */
const OF_THE_SERVER = /^(?:date|connection|keep-alive)$/i

/** A page's raw head and bytes, as a browser that takes brotli gets them. */
const fetchRaw = (url: string): Promise<{ head: string[]; body: Buffer }> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { rawHeaders } = response
        const isOurs = (_text: string, index: number) => !OF_THE_SERVER.test(rawHeaders[index - (index % 2)] ?? '')
        resolve({ head: rawHeaders.filter(isOurs), body: Buffer.concat(chunks) })
      })
    }).on('error', reject)
  })

/** Starts the barest server that node:http allows, with the head and bytes of a page. @returns its address, and how to stop it */
export async function startBareNode(page: string): Promise<{ url: string; stop: () => void }> {
  const { head, body } = await fetchRaw(page)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'server.mjs'), PROGRAM)
  writeFileSync(path.join(folder, 'head.json'), JSON.stringify(head))
  writeFileSync(path.join(folder, 'body'), body)
  const port = await freePort()
  const child = spawn(process.execPath, [path.join(folder, 'server.mjs'), String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/`
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await fetch(url).catch(() => null))?.ok) return { url, stop: () => child.kill('SIGKILL') }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error('the bare server did not start')
}
