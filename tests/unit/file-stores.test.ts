import { readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nameOf } from '../../lib/files/digest'
import { openFolderStore } from '../../lib/files/folder-store'
import type { FileName, FileStore } from '../../lib/files/model'
import { openS3Store } from '../../lib/files/s3-store'
import { startS3, type FakeS3 } from '../fakes/s3'
import { testFolder } from '../setup/files'

const folder = testFolder()
let s3: FakeS3
const stores: Record<string, FileStore> = {}

beforeAll(async () => {
  s3 = await startS3()
  stores['a folder'] = openFolderStore(folder.path)
  stores['S3'] = await openS3Store(s3)
})
afterAll(async () => {
  await s3.close()
  folder.remove()
})

const bytes = Buffer.from('biên bản')
const name = nameOf('kept', bytes)

describe.each(['a folder', 'S3'])('%s', (which) => {
  const store = (): FileStore => stores[which] ?? expect.unreachable()

  test('gives back what was stored, once and again, until it is removed', async () => {
    await store().check()
    expect(await store().get(name)).toBeNull()
    await store().put(name, bytes, 'text/plain')
    await store().put(name, bytes, 'text/plain')
    expect(Buffer.from((await store().get(name)) ?? [])).toEqual(bytes)
    expect(await store().get(nameOf('shown', bytes))).toBeNull()
    await store().remove(name)
    await store().remove(name)
    expect(await store().get(name)).toBeNull()
  })

  test('makes no path of anything but a name', async () => {
    const odd: FileName = `shown/../../${'a'.repeat(64)}`
    await expect(async () => store().put(odd, bytes, 'text/plain')).rejects.toThrow('not the name')
    await expect(async () => store().get(odd)).rejects.toThrow('not the name')
  })
})

test('a folder keeps files to itself, and tells when somebody changed one', async () => {
  const store = openFolderStore(folder.path)
  await store.put(name, bytes, 'text/plain')
  const digest = name.split('/')[1] ?? ''
  const place = path.join(folder.path, 'kept', digest.slice(0, 2), digest)
  expect(statSync(place).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.dirname(place))).toEqual([digest])
  writeFileSync(place, 'something else')
  await expect(store.get(name)).rejects.toThrow('others than its name says')
  await expect(openFolderStore(path.join(place, 'below-a-file')).check()).rejects.toThrow()
})

describe('S3 refuses', () => {
  test('a wrong secret and an unknown key', async () => {
    await expect((await openS3Store({ ...s3, secretAccessKey: 'another' })).put(name, bytes, 'text/plain')).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    })
    await expect((await openS3Store({ ...s3, accessKeyId: 'AKIAOTHER' })).get(name)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' })
    expect(s3.objects.size).toBe(0)
  })

  test('a bucket that is not there', async () => {
    const elsewhere = await openS3Store({ ...s3, bucket: 'none' })
    await expect(elsewhere.check()).rejects.toThrow()
    await expect(elsewhere.put(name, bytes, 'text/plain')).rejects.toMatchObject({ name: 'NoSuchBucket' })
  })

  test('bytes that are others than their name says, and tells when somebody changed them', async () => {
    const store = await openS3Store(s3)
    await expect(store.put(name, Buffer.from('something else'), 'text/plain')).rejects.toMatchObject({ name: 'BadDigest' })
    await store.put(name, bytes, 'text/plain')
    const object = s3.objects.get(name) ?? expect.unreachable()
    s3.objects.set(name, { ...object, bytes: Buffer.from('something else') })
    await expect(store.get(name)).rejects.toThrow('others than its name says')
  })
})
