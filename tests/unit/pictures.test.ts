import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { bomb, phonePhoto, scan } from '../factories/pictures'
import { value } from '../factories/site'
import { makeForms, makePaperPicture } from '../../lib/evidence/picture'

/** What a phone wrote beside the picture, in any encoding that bytes can be searched for. */
const TOLD = ['DienThoaiMau', 'NguoiChupMau', '2026:11:20', 'TruongMauXmp', 'Exif', 'xmpmeta', 'ICC_PROFILE', 'GPS']

describe('the forms of a photo', () => {
  test('have nothing of what the phone wrote, stand upright, and come in three formats', async () => {
    const taken = await phonePhoto()
    const was = await sharp(taken).metadata()
    expect([was.orientation, was.exif !== undefined, was.xmp !== undefined, was.icc !== undefined]).toEqual([6, true, true, true])
    for (const told of TOLD.slice(0, 4)) expect(taken.includes(told), told).toBe(true)

    const forms = value(await makeForms(taken))
    expect(forms.map(({ format, width, height }) => `${format} ${width}×${height}`)).toEqual([
      ...['avif 480×600', 'webp 480×600', 'avif 800×1000', 'webp 800×1000', 'jpeg 800×1000'],
    ])
    for (const { format, bytes } of forms) {
      const is = await sharp(bytes).metadata()
      expect(is.format).toBe(format === 'avif' ? 'heif' : format)
      expect([is.orientation, is.exif, is.xmp, is.icc, is.iptc]).toEqual([undefined, undefined, undefined, undefined, undefined])
      // "GPS" alone is three bytes, which pixels can be by chance.
      for (const told of TOLD.slice(0, 7)) expect(bytes.includes(told), `${format}: ${told}`).toBe(false)
    }
  }, 30_000)

  test('are the same for the same photo, and not larger than it', async () => {
    const small = await phonePhoto({ width: 500, height: 400 })
    const [first, again] = [value(await makeForms(small)), value(await makeForms(small))]
    expect(first.map(({ format, width }) => `${format} ${width}`)).toEqual(['avif 400', 'webp 400', 'jpeg 400'])
    expect(again).toEqual(first)
  })
})

const drawing = () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>')

describe('a picture is refused', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['with more pixels than can be borne', () => bomb(30_000, 30_000), 'too_many_pixels'],
    ['that says it is larger than it is', () => bomb(4_000, 4_000), 'damaged'],
    ['that is a text', () => Buffer.from('<html>'), 'not_a_picture'],
    ['that is a drawing', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'), 'not_a_picture'],
    ['in a format of animations', () => sharp(drawing()).gif().toBuffer(), 'not_a_picture'],
    ['that is empty', () => new Uint8Array(), 'not_a_picture'],
    ['that only begins like one', () => Buffer.from('\xff\xd8\xff and no more', 'latin1'), 'damaged'],
    ['that was cut off', async () => (await phonePhoto()).subarray(0, 20_000), 'damaged'],
    ['too small to see anything', async () => phonePhoto({ width: 150, height: 600 }), 'too_small'],
    ['with more bytes than allowed', () => Buffer.alloc(20 * 1024 * 1024 + 1), 'too_large'],
  ])('%s', async (_what, bytes, refusal) => {
    expect(await makeForms(await bytes())).toEqual({ ok: false, refusal })
    expect(await makePaperPicture(await bytes())).toEqual({ ok: false, refusal })
  })
})

test('of a redacted copy only what one sees is left', async () => {
  const noted = await sharp(await scan(230))
    .withExif({ IFD0: { ImageDescription: 'NguyenVanMau' } })
    .png()
    .toBuffer()
  expect(noted.includes('NguyenVanMau')).toBe(true)
  const picture = value(await makePaperPicture(noted))
  expect(picture.includes('NguyenVanMau')).toBe(false)
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 850 })
})
