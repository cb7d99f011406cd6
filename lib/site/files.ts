import { join } from 'node:path'
import { SettingError, type Env } from '../env'
import { openFolderStore } from '../files/folder-store'
import type { FileStore } from '../files/model'
import { openS3Store } from '../files/s3-store'

/** Opens the file store that the settings name, and makes sure that it is there. */
export async function openFiles(env: Env): Promise<FileStore> {
  const store = await storeOf(env)
  try {
    await store.check()
  } catch (cause) {
    const where = env.S3_BUCKET ? 'the bucket of S3_BUCKET' : 'the folder of FILES_DIR'
    throw new SettingError(`${where} can't be reached or written: ${cause instanceof Error ? cause.name : 'unknown'}`, { cause })
  }
  return store
}

async function storeOf(env: Env): Promise<FileStore> {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (bucket && accessKeyId && secretAccessKey)
    return openS3Store({ endpoint: env.S3_ENDPOINT ?? null, region: env.S3_REGION, bucket, accessKeyId, secretAccessKey })
  return openFolderStore(env.FILES_DIR ?? join(env.DATA_DIR, 'files'))
}
