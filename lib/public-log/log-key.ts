import type { VerifierKey } from '../tlog/keys'

/** A key that signs the log, or did. */
export interface LogKey extends VerifierKey {
  /** Of one that was put away: entries of the last checkpoint that may have its word. Null: it signs now. */
  lastSize: number | null
}

/** Whether what a key says of a checkpoint of a size counts. */
export const speaksFor = ({ lastSize }: LogKey, size: number): boolean => lastSize === null || size <= lastSize
