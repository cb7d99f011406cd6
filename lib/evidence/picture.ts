import pLimit from 'p-limit'
import sharp, { type Sharp } from 'sharp'
import { paperType } from '../files/paper-type'
import { ok, refuse, type Result } from '../result'
import type { PictureFormat, PictureRefusal } from './model'

const MOST_BYTES = 20 * 1024 * 1024
/** A camera of today has 50 million; a bomb has as many as it likes. */
const MOST_PIXELS = 60_000_000
const LEAST_SIDE = 200
const MOST_SECONDS = 30
const WIDTHS = [480, 960, 1_440]
const FALLBACK_WIDTH = 960
const PAPER_WIDTH = 1_600
/** A logo stands in a line of a list; twice as many points for screens that have them. */
const LOGO = { leastSide: 48, width: 240, height: 96 }

// Pictures come rarely; memory that waits for the same one again is never used.
sharp.cache(false)
/** One at a time: readers' pages need the other core. */
const inTurn = pLimit(1)

/** A form of a photo, of its own bytes and nothing that the camera wrote beside them. */
export interface PictureForm {
  format: PictureFormat
  width: number
  height: number
  bytes: Buffer
}

/**
 * Makes the forms in which a photo is shown: a few widths as AVIF and WebP, and one JPEG. Turned upright, in sRGB, and
 * without anything else: no EXIF with its places and times, no XMP, no colour profile.
 */
export const makeForms = (bytes: Uint8Array): Promise<Result<PictureForm[], PictureRefusal>> =>
  reading(bytes, async (upright, width) => {
    const widths = [...new Set(WIDTHS.map((one) => Math.min(one, width)))]
    const forms: PictureForm[] = []
    const make = async (format: PictureFormat, to: number, encode: (scaled: Sharp) => Sharp) => {
      const { data, info } = await encode(upright.clone().resize({ width: to })).toBuffer({ resolveWithObject: true })
      forms.push({ format, width: info.width, height: info.height, bytes: data })
    }
    for (const to of widths) {
      await make('avif', to, (scaled) => scaled.avif({ quality: 52, effort: 2 }))
      await make('webp', to, (scaled) => scaled.webp({ quality: 74 }))
    }
    await make('jpeg', Math.min(FALLBACK_WIDTH, width), (scaled) => scaled.jpeg({ quality: 76, mozjpeg: true }))
    return forms
  })

/** Makes the picture of a paper that is shown, from a redacted copy: only what one sees of it is left. */
export const makePaperPicture = (bytes: Uint8Array): Promise<Result<Buffer, PictureRefusal>> =>
  reading(bytes, (upright, width) =>
    upright
      .resize({ width: Math.min(PAPER_WIDTH, width) })
      .jpeg({ quality: 80, mozjpeg: true })
      .toBuffer(),
  )

/** Makes the form in which a logo is shown: small, on white, and without anything that its file said beside it. */
export const makeLogoForm = (bytes: Uint8Array): Promise<Result<PictureForm, PictureRefusal>> =>
  reading(
    bytes,
    async (upright) => {
      const small = upright.resize({ width: LOGO.width, height: LOGO.height, fit: 'inside', withoutEnlargement: true })
      const { data, info } = await small.webp({ nearLossless: true }).toBuffer({ resolveWithObject: true })
      return { format: 'webp', width: info.width, height: info.height, bytes: data }
    },
    LOGO.leastSide,
  )

/**
 * Reads a picture once its size is known to be bearable. What it is says its own beginning, never a name or a type that
 * somebody gave it; of all that the library could read, nothing but three formats reaches it.
 */
async function reading<Made>(
  bytes: Uint8Array,
  make: (upright: Sharp, width: number) => Promise<Made>,
  leastSide = LEAST_SIDE,
): Promise<Result<Made, PictureRefusal>> {
  if (bytes.length > MOST_BYTES) return refuse('too_large')
  const type = paperType(bytes)
  if (type === null || type === 'application/pdf') return refuse('not_a_picture')
  return inTurn(async () => {
    try {
      const source = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
      const head = await source.metadata()
      if (`image/${head.format}` !== type) return refuse('not_a_picture')
      if (head.width * head.height > MOST_PIXELS) return refuse('too_many_pixels')
      if (Math.min(head.width, head.height) < leastSide) return refuse('too_small')
      // Decoded once, into bare pixels: nothing else of the file goes any further.
      const { data, info } = await source
        .autoOrient()
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .resize({ width: PAPER_WIDTH, height: 3 * PAPER_WIDTH, fit: 'inside', withoutEnlargement: true })
        .timeout({ seconds: MOST_SECONDS })
        .raw()
        .toBuffer({ resolveWithObject: true })
      const upright = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      return ok(await make(upright.timeout({ seconds: MOST_SECONDS }), info.width))
    } catch (error) {
      // The library says of a header with too many pixels what the check above says.
      return refuse(error instanceof Error && /pixel limit/.test(error.message) ? 'too_many_pixels' : 'damaged')
    }
  })
}
