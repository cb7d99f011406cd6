import { ok, refuse, type Result } from '@/lib/result'
import { takeUpload } from '@/lib/uploads/commands'
import type { TakeRefusal } from '@/lib/uploads/model'
import type { SentForm } from '../console-form'

/** A file of a form: sent with it, or in chunks before it, whose key is then in the field "<name>Upload". */
export async function chosenFile(
  { context, staff, fields, files }: SentForm,
  name: string,
): Promise<Result<Uint8Array, 'no_file' | TakeRefusal>> {
  const key = fields[`${name}Upload`] ?? ''
  if (/^[0-9a-f-]{36}$/.test(key)) return takeUpload(context, { key, by: staff.id })
  const file = files[name]
  return file ? ok(file.bytes) : refuse('no_file')
}
