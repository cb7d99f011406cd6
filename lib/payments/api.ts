const TIMEOUT_MS = 20_000
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/** A page of a list of bank lines; `nextPage` is null on the last one. */
export interface ListPage<Line> {
  lines: Line[]
  nextPage: number | null
}

/**
 * Asks an aggregator's API. Throws where it does not answer with success and JSON, within 20 seconds and 16 MB;
 * no message holds what was answered.
 */
export async function getJson(url: URL, authorization: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    headers: { Authorization: authorization, Accept: 'application/json' },
    // A key goes to nobody but the aggregator.
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`${url.host} answered ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > MAX_ANSWER_BYTES) throw new Error(`${url.host} answered without end`)
    chunks.push(chunk)
  }
  const parsed = parseJson(Buffer.concat(chunks).toString('utf8'))
  if (parsed === undefined) throw new Error(`${url.host} answered no JSON`)
  return parsed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
