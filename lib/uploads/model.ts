/** A file is never larger; what takes it may say less. */
export const MOST_UPLOAD_BYTES = 20 * 1024 * 1024
/** A chunk is never larger; browsers send half as much. */
export const MOST_CHUNK_BYTES = 512 * 1024
/** How many files of one person may be on their way. */
export const MOST_UPLOADS = 20
/** A file that nothing more came of in so many days is swept away; its browser begins it anew. */
export const UPLOAD_KEPT_DAYS = 7

/**
 * `not_yours`: somebody else's, or another file under the same key. `gap`: what comes before it is missing.
 * `too_many`: others of this person are on their way.
 */
export type ChunkRefusal = 'not_an_upload' | 'not_yours' | 'gap' | 'too_long' | 'too_many'
/** `damaged_upload`: what came is another file than was announced; it is thrown away, to be sent anew. */
export type TakeRefusal = 'unknown_upload' | 'unfinished_upload' | 'damaged_upload'
