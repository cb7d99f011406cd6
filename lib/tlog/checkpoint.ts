import { fromBase64, toBase64 } from './base64'
import { HASH_BYTES } from './hash'

/** What a log says of itself at a size (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log. */
  origin: string
  /** Entries in it. */
  size: number
  root: Uint8Array
}

/** The text of a checkpoint, which is then signed as a note. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`

/** Reads the text of a checkpoint; what other logs say in further lines is passed over. Null where it is malformed. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', encoded = '', ...further] = text.split('\n')
  const root = fromBase64(encoded)
  // After the last newline nothing comes.
  const isEnded = further.pop() === '' && further.every((line) => line !== '')
  if (!isEnded || origin === '' || !isDecimal(size) || root?.length !== HASH_BYTES) return null
  return { origin, size: Number(size), root }
}

/** Whether a text is a whole number without zeroes in front, and not beyond what can be counted exactly. */
export const isDecimal = (text: string): boolean => /^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text))
