import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

/** An answer as it came, redirects and all. */
export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** What is asked, exactly so: nothing of it is tidied up, as `fetch` would. */
export interface Asked {
  method?: string
  path: string
  headers?: OutgoingHttpHeaders
  form?: Record<string, string>
}

/** Asks once, on a connection of its own. */
export function ask(origin: string, { method, path, headers = {}, form }: Asked): Promise<RawAnswer> {
  const body = form && new URLSearchParams(form).toString()
  const { hostname, port } = new URL(origin)
  const sent = { ...(form && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers }
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method: method ?? (form ? 'POST' : 'GET'), headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
      )
      response.on('error', reject)
    })
      .on('error', reject)
      .end(body)
  })
}

/**
 * Sends bytes as they are, and says what came back until the other side closed the connection.
 * Throws where it is still open after some seconds.
 */
export function sendRaw(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setTimeout(5_000, () => {
      socket.destroy()
      reject(new Error(`the connection stays open: ${answer.slice(0, 100)}`))
    })
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
