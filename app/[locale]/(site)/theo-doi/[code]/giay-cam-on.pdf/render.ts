import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'
import { certificatePdf } from '@/components/certificate/certificate-pdf'
import type { Weight } from '@/components/certificate/text-lines'
import type { Certificate } from '@/lib/certificates/model'

const FOLDER = path.join(process.cwd(), 'node_modules', '@fontsource', 'be-vietnam-pro', 'files')

/** Finished papers take no more memory than this. */
const KEPT_BYTES = 8 * 1024 * 1024
/** Who comes after so many is told to come again. */
const MOST_WAITING = 30

const kept = new LRUCache<string, Buffer<ArrayBuffer>>({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length })
const faces = new Map<string, Buffer>()
/** One at a time, so that pages do not wait for papers. */
const inTurn = pLimit(1)

/**
 * The PDF of a certificate: kept, or made now.
 * @returns null where too many wait already
 */
export async function renderCertificate(
  certificate: Certificate,
  { link, isSample }: { link: string; isSample: boolean },
): Promise<Buffer<ArrayBuffer> | null> {
  const key = JSON.stringify([link, certificate], (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  const finished = kept.get(key)
  if (finished) return finished
  if (inTurn.pendingCount >= MOST_WAITING) return null
  const pdf = await inTurn(() => certificatePdf(certificate, { link, isSample, read }))
  kept.set(key, pdf)
  return pdf
}

function read(part: string, weight: Weight): Buffer {
  const name = `be-vietnam-pro-${part}-${weight}-normal.woff`
  const face = faces.get(name) ?? readFileSync(path.join(FOLDER, name))
  faces.set(name, face)
  return face
}
