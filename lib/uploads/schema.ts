import { z } from 'zod'
import { MOST_UPLOAD_BYTES } from './model'

/** What a browser says of a chunk, beside its bytes. */
export const chunkShape = z.object({
  key: z.uuid(),
  bytes: z.coerce.number().int().min(1).max(MOST_UPLOAD_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  from: z.coerce.number().int().min(0).max(MOST_UPLOAD_BYTES),
})
