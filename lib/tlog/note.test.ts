import { describe, expect, test } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from './checkpoint'
import { leafHash } from './hash'
import { formatSigningKey, formatVerifierKey, parseSigningKey, parseVerifierKey, type SigningKey, type VerifierKey } from './keys'
import { cosign, formatNote, openNote, parseNote, signNote } from './note'
import { formatProof, parseProof, verifyProof } from './tlog-proof'

/** The example of C2SP signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`
/** Keys from Go's golang.org/x/mod/sumdb/note, where they are published as an example. */
const GO_SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const GO_VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`

const signer = (name: string, type: 'note' | 'cosignature', seed: number): SigningKey => {
  const key = parseSigningKey(formatSigningKey(name, type, new Uint8Array(32).fill(seed)))
  if (!key) throw new Error('no key')
  return key
}
const verifier = (text: string): VerifierKey => {
  const key = parseVerifierKey(text)
  if (!key) throw new Error('no key')
  return key
}

describe('signed notes', () => {
  test('the specification’s example and Go’s are accepted, written again and signed to the byte', () => {
    const key = verifier(EXAMPLE_KEY)
    expect(formatVerifierKey(key)).toBe(EXAMPLE_KEY)
    expect(openNote(EXAMPLE, [key])).toMatchObject({ ok: true, text: 'This is an example message.\n' })
    const peter = parseSigningKey(GO_SIGNER)
    if (!peter) throw new Error('no key')
    expect(formatVerifierKey(peter)).toBe(GO_VERIFIER)
    expect(openNote(GO_NOTE, [verifier(GO_VERIFIER)])).toMatchObject({ ok: true })
    const { text = '' } = parseNote(GO_NOTE) ?? {}
    expect(formatNote(text, [signNote(text, peter)])).toBe(GO_NOTE)
  })

  test('a byte that is changed anywhere spoils a note', () => {
    const key = verifier(GO_VERIFIER)
    const bytes = Buffer.from(GO_NOTE)
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 4, 64]) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ bit
        expect(openNote(changed.toString(), [key]).ok, `byte ${at}`).toBe(false)
      }
    }
  })

  test('signatures of strangers are passed over, a wrong one of a known key spoils the note', () => {
    const [log, other] = [signer('a.example/log', 'note', 1), signer('b.example/log', 'note', 2)]
    const text = 'a\n\nb\n'
    const signed = formatNote(text, [signNote(text, other), signNote(text, log)])
    expect(openNote(signed, [log])).toMatchObject({ ok: true, text, verified: [{ key: { name: 'a.example/log' } }] })
    // Go's note.Open, likewise, looks at the first signature of a key alone.
    expect(openNote(formatNote(text, [signNote(text, log), signNote('c\n', log)]), [log])).toMatchObject({ ok: true })
    expect(openNote(formatNote(text, [signNote('c\n', log), signNote(text, log)]), [log]).ok).toBe(false)
    expect(openNote(signed, [signer('c.example/log', 'note', 3)])).toEqual({ ok: false, why: 'unsigned' })
    expect(openNote(formatNote(text, [signNote('c\n', other), signNote(text, log)]), [log, other])).toEqual({
      ok: false,
      why: 'bad_signature',
    })
    expect(
      ['', 'a\n', 'a\n\n', 'a\n\n— x\n', 'a\n\n— x AAAA\n', 'a\t\n\n— x AAAAAAA=\n', 'a\n\n— x AAAAAAA=', 'a\n\n— x+y AAAAAAA=\n'].map(
        parseNote,
      ),
    ).toEqual(Array(8).fill(null))
  })

  test('keys whose id is not their own are refused', () => {
    expect(parseVerifierKey(EXAMPLE_KEY.replace('530d903a', '530d903b'))).toBeNull()
    expect(parseVerifierKey(EXAMPLE_KEY.replace('foo', 'fox'))).toBeNull()
    expect(parseSigningKey(GO_SIGNER.replace('AYEK', 'AYEL'))).toBeNull()
    expect(() => signNote('a\n', signer('w.example', 'cosignature', 1))).toThrow(/cosigns/)
  })
})

describe('checkpoints and cosignatures', () => {
  const checkpoint = { origin: 'a.example/log', size: 1, root: leafHash(Buffer.from('entry')) }
  const text = formatCheckpoint(checkpoint)
  const log = signer('a.example/log', 'note', 1)
  const witness = signer('w.example/w1', 'cosignature', 2)

  test('a checkpoint is read as it was written, and in no other way', () => {
    expect(parseCheckpoint(text)).toEqual(checkpoint)
    expect(parseCheckpoint(`${text}more\n`)).toEqual(checkpoint)
    const wrong = [
      text.slice(0, -1),
      `${text}\n`,
      text.replace('\n1\n', '\n01\n'),
      text.replace('\n1\n', '\n-1\n'),
      text.replace('a.example/log', ''),
      text.replace('=\n', '\n'),
      text.replace('\n1\n', '\n99999999999999999999\n'),
    ]
    expect(wrong.map(parseCheckpoint)).toEqual(wrong.map(() => null))
  })

  test('a witness’s word counts for the checkpoint and the moment it was given for', () => {
    const line = cosign(text, witness, 1_679_315_147n)
    const note = formatNote(text, [signNote(text, log), line])
    expect(openNote(note, [log, witness])).toMatchObject({ ok: true, verified: [{ timestamp: null }, { timestamp: 1_679_315_147n }] })
    expect(openNote(formatNote(text.replace('\n1\n', '\n2\n'), [line]), [witness])).toEqual({ ok: false, why: 'bad_signature' })
    const parsed = parseNote(formatNote(text, [line]))
    const bytes = parsed?.signatures[0]?.bytes ?? new Uint8Array()
    expect(bytes.length).toBe(72)
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('00000000641850cb')
  })

  test('a proof stands alone: with the entry, the log’s key and nothing else', () => {
    const note = formatNote(text, [signNote(text, log), cosign(text, witness, 5n)])
    const proof = formatProof({ extra: Buffer.from('salt'), index: 0, hashes: [], checkpoint: note })
    expect(parseProof(proof)).toMatchObject({ index: 0, hashes: [], checkpoint: note })
    const by = { origin: 'a.example/log', trusted: [log, witness] }
    expect(verifyProof(proof, Buffer.from('entry'), by)).toMatchObject({ ok: true, index: 0, verified: [{}, { timestamp: 5n }] })
    expect(verifyProof(proof, Buffer.from('another'), by)).toEqual({ ok: false, why: 'not_included' })
    expect(verifyProof(proof, Buffer.from('entry'), { ...by, origin: 'b.example/log' })).toEqual({ ok: false, why: 'other_log' })
    expect(verifyProof(proof, Buffer.from('entry'), { ...by, trusted: [witness] })).toEqual({ ok: false, why: 'unsigned' })
    expect(verifyProof(proof.replace('index 0', 'index 1'), Buffer.from('entry'), by)).toEqual({ ok: false, why: 'not_included' })
    expect(verifyProof(proof.replace('@v1', '@v2'), Buffer.from('entry'), by)).toEqual({ ok: false, why: 'malformed' })
  })
})
