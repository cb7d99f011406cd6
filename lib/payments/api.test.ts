import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { getJson } from './api'

/** A server that answers as told, and remembers what it was asked. */
async function listen(answer: (response: ServerResponse) => void) {
  const asked: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    asked.push(request.headers)
    answer(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/list`)
  return { url, asked, close: () => server.close() }
}

const ask = (url: URL) => getJson(url, 'Apikey test_0123456789', new AbortController().signal)

test('a key goes to the aggregator, and follows nobody who says that the list is elsewhere', async () => {
  const elsewhere = await listen((response) => response.end('{}'))
  const aggregator = await listen((response) => response.writeHead(302, { location: elsewhere.url.href }).end())
  await expect(ask(aggregator.url)).rejects.toThrow()
  expect(aggregator.asked).toMatchObject([{ authorization: 'Apikey test_0123456789' }])
  expect(elsewhere.asked).toEqual([])
  elsewhere.close()
  aggregator.close()
})

test.each([
  ['an error', (response: ServerResponse) => response.writeHead(500).end('Nguyễn Văn An'), /answered 500$/],
  ['no JSON', (response: ServerResponse) => response.end('Nguyễn Văn An'), /answered no JSON$/],
])('of %s the log learns no word', async (_what, answer, words) => {
  const aggregator = await listen((response) => void answer(response))
  await expect(ask(aggregator.url)).rejects.toThrow(words)
  aggregator.close()
})
