import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

const IV_BYTES = 12
const TAG_BYTES = 16

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'tung-dong/second-factor/v1', 32))

/**
 * Seals bytes so that the database alone does not give them away (AES-256-GCM), and so that they open for one person only.
 * @param random source of bytes
 */
export function seal(secret: string, staffId: string, bytes: Uint8Array, random: (size: number) => Uint8Array): Uint8Array {
  const iv = random(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(staffId))
  return new Uint8Array(Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]))
}

/** Opens what was sealed for a person; null where the secret was changed since. */
export function unseal(secret: string, staffId: string, sealed: Uint8Array): Uint8Array | null {
  const iv = sealed.subarray(0, IV_BYTES)
  const tag = sealed.subarray(sealed.length - TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), iv, { authTagLength: TAG_BYTES })
  try {
    decipher.setAAD(Buffer.from(staffId)).setAuthTag(tag)
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES)), decipher.final()]))
  } catch {
    return null
  }
}
