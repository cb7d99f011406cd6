/** `shown` may be served once it is released; `kept` never is. */
export type FilePart = 'shown' | 'kept'

/** "shown/<SHA-256 in hex>": the name of a file says which bytes it has. */
export type FileName = `${FilePart}/${string}`

/** Where bytes lie: a folder, or a bucket of an S3-compatible store. It knows nothing of what they are for. */
export interface FileStore {
  /** Stores bytes under the name that they have; the same again changes nothing. */
  put: (name: FileName, bytes: Uint8Array, type: string) => Promise<void>
  /** The bytes of a name; null where there are none. Throws where they are others than the name says. */
  get: (name: FileName) => Promise<Uint8Array | null>
  /** Removes what may be there. */
  remove: (name: FileName) => Promise<void>
  /** Throws where the store can't be reached or written, before anybody needs it. */
  check: () => Promise<void>
}

const NAME = /^(?:shown|kept)\/[0-9a-f]{64}$/

/** Whether a text is the name of a file. */
export const isFileName = (name: string): name is FileName => NAME.test(name)
