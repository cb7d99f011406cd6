import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A photo as a phone makes it, on its side, with where and when it was taken, by whom, and a colour profile. */
export async function phonePhoto({ width = 1_000, height = 800, tone = 120 } = {}): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: tone, sigma: 30 }
  return sharp({ create: { width, height, channels: 3, background: { r: tone, g: 90, b: 60 }, noise } })
    .jpeg({ quality: 80 })
    .withIccProfile('p3')
    .withExif({
      IFD0: { Make: 'DienThoaiMau', Artist: 'NguoiChupMau' },
      IFD2: { DateTimeOriginal: '2026:11:20 08:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 4/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '105/1 22/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>TruongMauXmp</note></x:xmpmeta>')
    .withMetadata({ orientation: 6 })
    .toBuffer()
}

/** A scanned page. */
export const scan = (tone: number): Promise<Buffer> =>
  sharp({ create: { width: 600, height: 850, channels: 3, background: { r: tone, g: tone, b: tone } } })
    .png()
    .toBuffer()

/** A PNG of a few hundred bytes that says it has so many pixels. */
export function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const check = Buffer.alloc(4)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const data = deflateSync(Buffer.alloc(1_000))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
