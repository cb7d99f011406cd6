import { createHash } from 'node:crypto'
import { isFileName, type FileName, type FilePart } from './model'

/** SHA-256 in hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The name that bytes have in a part of the store. */
export const nameOf = (part: FilePart, bytes: Uint8Array): FileName => `${part}/${sha256(bytes)}`

/** Hands bytes on if they are those that a name stands for. Throws where they are not: somebody changed them. */
export function asNamed(name: FileName, bytes: Uint8Array): Uint8Array {
  if (sha256(bytes) !== name.split('/')[1]) throw new Error(`the bytes of ${name} are others than its name says`)
  return bytes
}

/** The name in a row. Throws where it is none, so that no path is ever made of anything else. */
export function nameIn(row: string): FileName {
  if (!isFileName(row)) throw new Error('not the name of a file')
  return row
}

/** The SHA-256 that a name in a row ends with, in hex. */
export const digestIn = (row: string): string => nameIn(row).split('/')[1] ?? ''
