import { describe, expect, test } from 'vitest'
import { readUpload } from './upload'

const posted = (body: BodyInit, headers: Record<string, string> = {}) => new Request('http://localhost/', { method: 'POST', body, headers })

/** Everything of a file, as whoever takes it would store it. */
async function bytesOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of bytes) size += chunk.length
  return size
}

const formOf = (size: number, name = 'C:\\sao ke\\thang 11.xlsx'): FormData => {
  const form = new FormData()
  form.append('key', 'k\0ey')
  form.append('file', new Blob([new Uint8Array(size)]), name)
  return form
}

describe('a file that is posted', () => {
  test('streams in, with the fields before it and the name without a path', async () => {
    const taken = await readUpload(posted(formOf(3_000_000)), async ({ fields, name, bytes }) => ({
      fields,
      name,
      size: await bytesOf(bytes),
    }))
    expect(taken).toEqual({ ok: true, value: { fields: { key: 'key' }, name: 'thang 11.xlsx', size: 3_000_000 } })
  })

  test('is left where whoever takes it stops early', async () => {
    expect(await readUpload(posted(formOf(3_000_000)), () => Promise.resolve('enough'))).toEqual({ ok: true, value: 'enough' })
  })

  test('fails as whoever takes it fails', async () => {
    await expect(readUpload(posted(formOf(10)), () => Promise.reject(new Error('no store')))).rejects.toThrow('no store')
  })

  test('is refused where it is none', async () => {
    const take = () => Promise.reject(new Error('nothing is there to be taken'))
    const empty = new FormData()
    empty.append('key', 'x')
    expect(await readUpload(posted(empty), take)).toEqual({ ok: false, refusal: 'no_file' })
    expect(await readUpload(posted('a=b'), take)).toEqual({ ok: false, refusal: 'not_a_form' })
    expect(await readUpload(posted('x', { 'content-type': 'multipart/form-data' }), take)).toEqual({ ok: false, refusal: 'not_a_form' })
  })
})
