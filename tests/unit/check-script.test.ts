import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as there from '../../lib/tlog/platform'
import * as here from '../../scripts/browser-platform.mjs'
import { checkScript } from '../../scripts/check-script.mjs'

test('the script that checks in browsers is made of what is here: run "npm run check-script" where it is not', async () => {
  expect(readFileSync('public/js/check.js', 'utf8') === (await checkScript())).toBe(true)
})

test('a browser hashes and checks signatures as the server does', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256)
  expect(here.sha256(bytes, bytes.subarray(3))).toEqual(there.sha256(bytes, bytes.subarray(3)))
  expect(here.decodeBase64(here.toBase64(bytes))).toEqual(bytes)
  expect(here.toBase64(bytes)).toBe(there.toBase64(bytes))
  expect(here.decodeBase64('*')).toEqual(new Uint8Array())
  // RFC 8032, section 7.1, test 2.
  const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
  const key = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
  const signature = hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  )
  for (const { isEd25519 } of [here, there]) {
    expect(isEd25519(key, hex('72'), signature)).toBe(true)
    expect(isEd25519(key, hex('73'), signature)).toBe(false)
    expect(
      isEd25519(
        key,
        hex('72'),
        signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte)),
      ),
    ).toBe(false)
  }
})
