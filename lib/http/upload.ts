import { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { ok, refuse, type Result } from '../result'

/** Of the fields before the file: they are short. */
const MOST_FIELD_BYTES = 1_024
const MOST_FIELDS = 20

/** A file as it streams in, with the fields that stand before it in its form. */
export interface Upload {
  fields: Record<string, string>
  /** As the browser names it, without a path. */
  name: string
  bytes: AsyncIterable<Uint8Array>
}

/**
 * Reads a posted form with one file, which is handed on piece by piece and never held as a whole. Fields after the file
 * are not read.
 * Refuses: what is no such form, has no file, or was broken off.
 * @param take is given the file while it streams in; where it stops early, the rest is left unread
 */
export async function readUpload<Value>(
  request: Request,
  take: (upload: Upload) => Promise<Value>,
): Promise<Result<Value, 'not_a_form' | 'no_file'>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type) || !request.body) return refuse('not_a_form')
  const headers: BusboyHeaders = { 'content-type': type }
  const source = Readable.from(request.body, { objectMode: false })
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {}
    let isTaken = false
    const end = (result: Result<Value, 'not_a_form' | 'no_file'>) => {
      // What is left is read into nothing: to break off a stream of the web fails where nobody hears it.
      source.unpipe()
      source.resume()
      resolve(result)
    }
    try {
      const form = new Busboy({ headers, limits: { files: 1, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES, headerPairs: 20 } })
      form.on('field', (name, value) => {
        fields[name] = value.replaceAll('\0', '').toWellFormed()
      })
      form.on('file', (_field, stream, name) => {
        isTaken = true
        const bytes: AsyncIterable<Uint8Array> = stream
        take({ fields, name: name.replace(/^.*[\\/]/, ''), bytes }).then((value) => end(ok(value)), reject)
      })
      form.on('error', () => end(refuse('not_a_form')))
      form.on('finish', () => {
        if (!isTaken) end(refuse('no_file'))
      })
      source.on('error', () => form.destroy(new Error('the form was broken off')))
      source.pipe(form)
    } catch {
      end(refuse('not_a_form'))
    }
  })
}
