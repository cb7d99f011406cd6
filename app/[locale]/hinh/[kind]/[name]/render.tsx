import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { ImageResponse } from 'next/og'
import pLimit from 'p-limit'
import { pictureVersion, type PictureContent } from '@/components/link-picture/content'
import { FACES, PictureCard } from '@/components/link-picture/picture-card'
import { PICTURE_SIZE } from '@/components/site/metadata'

const SUBSETS = { [FACES[0]]: 'latin', [FACES[1]]: 'vietnamese' }
const WEIGHTS = [400, 600] as const
const FOLDER = path.join(process.cwd(), 'node_modules', '@fontsource', 'be-vietnam-pro', 'files')

const readFaces = () =>
  FACES.flatMap((name) =>
    WEIGHTS.map((weight) => ({
      name,
      weight,
      style: 'normal' as const,
      data: readFileSync(path.join(FOLDER, `be-vietnam-pro-${SUBSETS[name]}-${weight}-normal.woff`)),
    })),
  )
let faces: ReturnType<typeof readFaces> | undefined

/** Finished pictures take no more memory than this. */
const KEPT_BYTES = 24 * 1024 * 1024
/** Who comes after so many is told to come again: a picture costs more than a page. */
const MOST_WAITING = 60

const kept = new LRUCache<string, Buffer<ArrayBuffer>>({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length })
const drawing = new Map<string, Promise<Buffer<ArrayBuffer>>>()
/** One at a time, so that pages do not wait for pictures. */
const inTurn = pLimit(1)

/**
 * The PNG of a picture: kept, or drawn now, once however many ask.
 * @returns null where too many wait already
 */
export async function renderPicture(content: PictureContent, isSample: boolean): Promise<Buffer<ArrayBuffer> | null> {
  const key = `${content.locale}/${content.name}/${pictureVersion(content)}`
  const finished = kept.get(key) ?? drawing.get(key)
  if (finished) return finished
  if (inTurn.pendingCount >= MOST_WAITING) return null
  const work = inTurn(async () => {
    faces ??= readFaces()
    const response = new ImageResponse(<PictureCard content={content} isSample={isSample} />, { ...PICTURE_SIZE, fonts: faces })
    const png = Buffer.from(await response.arrayBuffer())
    kept.set(key, png)
    return png
  }).finally(() => drawing.delete(key))
  drawing.set(key, work)
  return work
}
