import { asNamed, nameIn } from './digest'
import type { FileStore } from './model'

/** A bucket of an S3-compatible store. It must not be public: what may be seen is decided here, at each request. */
export interface S3Settings {
  /** "https://s3.example.vn"; null for Amazon's own of the region. */
  endpoint: string | null
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

const CONNECT_MS = 3_000
const ANSWER_MS = 15_000

/** Opens a store in a bucket. Amazon's client is loaded only where a bucket is used. */
export async function openS3Store({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Settings): Promise<FileStore> {
  const { S3Client, PutObjectCommand, GetObjectCommand, DeleteObjectCommand, HeadBucketCommand, NoSuchKey } =
    await import('@aws-sdk/client-s3')
  const client = new S3Client({
    ...{ region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true, maxAttempts: 3 },
    ...(endpoint === null ? {} : { endpoint }),
    // Each file names its own checksum; stores that are not Amazon's refuse the newer ones.
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  })
  const of = (name: string) => ({ Bucket: bucket, Key: nameIn(name) })
  return {
    async put(name, bytes, type) {
      const digest = Buffer.from(name.split('/')[1] ?? '', 'hex').toString('base64')
      await client.send(new PutObjectCommand({ ...of(name), Body: bytes, ContentType: type, ChecksumSHA256: digest }))
    },
    async get(name) {
      try {
        const { Body } = await client.send(new GetObjectCommand(of(name)))
        return Body ? asNamed(name, await Body.transformToByteArray()) : null
      } catch (error) {
        if (error instanceof NoSuchKey) return null
        throw error
      }
    },
    async remove(name) {
      await client.send(new DeleteObjectCommand(of(name)))
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket: bucket }))
    },
  }
}
